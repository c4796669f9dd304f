/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import io.github.cnab4j.benchmarks.json.Json;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Results;
import io.github.cnab4j.benchmarks.result.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results as JSON: every run, nothing summarised but the verdicts. */
public final class JsonReport {
    private JsonReport() {}

    /** The whole report. */
    public static String of(Circumstances circumstances, Results results) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("circumstances", circumstances.facts());
        json.put("absent", circumstances.field().absences());
        Map<String, Object> startup = new LinkedHashMap<>();
        startup.put("nothingSeconds", results.startup().nothing());
        startup.put("versionSeconds", results.startup().version());
        startup.put("pullSeconds", results.startup().pull());
        json.put("startup", startup);
        json.put("runs", results.runs().stream().map(JsonReport::run).toList());
        json.put(
                "verdicts",
                Verdicts.of(results).stream().map(JsonReport::verdict).toList());
        return Json.write(json);
    }

    private static Map<String, Object> run(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        Cell cell = run.cell();
        json.put("scenario", cell.scenario().label());
        json.put("workload", cell.workload().label());
        json.put("latencyMillis", cell.latencyMillis());
        json.put("target", cell.storage().label());
        json.put("contestant", run.contestant());
        json.put("repetition", run.repetition());
        run.failure().ifPresent(reason -> json.put("failure", reason));
        json.put("wallSeconds", run.cost().wallSeconds());
        json.put("cpuSeconds", run.cost().cpuSeconds());
        json.put("peakKib", run.cost().peakKib());
        json.put("sourceRequests", run.requests().source());
        json.put("targetRequests", run.requests().target());
        return json;
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", verdict.target());
        json.put("limit", verdict.allowed());
        json.put("measured", verdict.measured());
        json.put("outcome", verdict.outcome().label());
        return json;
    }
}
