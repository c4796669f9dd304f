/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.measure.Statistics;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Requests;
import io.github.cnab4j.benchmarks.result.Results;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.result.Startup;
import io.github.cnab4j.benchmarks.result.Summary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as text with Markdown tables. */
public final class TextReport {
    private static final String NONE = "-";

    private final Circumstances circumstances;
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private TextReport(Circumstances circumstances, Results results) {
        this.circumstances = circumstances;
        this.results = results;
    }

    /** The whole report. */
    public static String of(Circumstances circumstances, Results results) {
        TextReport report = new TextReport(circumstances, results);
        report.circumstances();
        report.startup(results.startup());
        results.cells().forEach(report::cell);
        report.requests();
        report.verdicts();
        return report.text.toString();
    }

    private void circumstances() {
        circumstances.facts().forEach((name, value) -> line(name + ": " + value));
        circumstances.field().absences().forEach((name, reason) -> line("not measured: " + name + " (" + reason + ")"));
    }

    private void startup(Startup startup) {
        heading("Start-up, wall seconds of %d runs each"
                .formatted(startup.version().size()));
        Table table = new Table("", "median", "least", "greatest");
        Map<String, List<Double>> series = new TreeMap<>(Map.of(
                "1 a program that does nothing", startup.nothing(),
                "2 cnab-to-oci version", startup.version(),
                "3 cnab-to-oci pull of a tiny bundle", startup.pull()));
        series.forEach((name, values) -> {
            if (!values.isEmpty()) {
                table.row(
                        name.substring(2),
                        "%.3f".formatted(Statistics.median(values)),
                        "%.3f".formatted(Statistics.least(values)),
                        "%.3f".formatted(Statistics.greatest(values)));
            }
        });
        text.append(table.text());
    }

    private void cell(Cell cell) {
        heading(cell.toString());
        List<Summary> summaries = results.summaries(cell);
        OptionalDouble floor = results.find(cell, Contestant.FLOOR).stream()
                .filter(Summary::good)
                .mapToDouble(summary -> summary.wall() + results.startup().seconds())
                .findFirst();
        OptionalDouble best = summaries.stream()
                .filter(summary -> kind(summary) == Contestant.Kind.PEER && summary.good())
                .mapToDouble(Summary::wall)
                .min();
        Table table = new Table(
                "",
                "wall s",
                "least",
                "greatest",
                "runs",
                "CPU s",
                "peak MiB",
                "requests",
                "x floor + start-up",
                "x best peer");
        for (Summary summary : summaries) {
            table.row(cells(summary, floor, best));
        }
        circumstances.field().absences().keySet().stream()
                .filter(name -> !name.equals(Contestant.FLOOR) || cell.scenario() == Scenario.COLD)
                .filter(name ->
                        cell.scenario() != Scenario.MEMORY && !cell.scenario().usesLayout())
                .forEach(name -> table.row(name + " (absent)", NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE));
        text.append(table.text());
        summaries.forEach(
                summary -> summary.failure().ifPresent(reason -> line("\n" + summary.contestant() + ": " + reason)));
    }

    private static String[] cells(Summary summary, OptionalDouble floor, OptionalDouble best) {
        if (!summary.good()) {
            return new String[] {
                summary.contestant() + " (failed)", NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE
            };
        }
        return new String[] {
            summary.contestant(),
            "%.2f".formatted(summary.wall()),
            "%.2f".formatted(summary.leastWall()),
            "%.2f".formatted(summary.greatestWall()),
            Integer.toString(summary.timed()),
            "%.2f".formatted(summary.cpu()),
            "%.0f".formatted(summary.peakMib()),
            summary.requests().map(requests -> Long.toString(requests.total())).orElse(NONE),
            ratio(summary, floor),
            ratio(summary, best)
        };
    }

    private static String ratio(Summary summary, OptionalDouble reference) {
        return reference.isEmpty() ? NONE : "%.2f".formatted(summary.wall() / reference.getAsDouble());
    }

    private Contestant.Kind kind(Summary summary) {
        return Stream.concat(circumstances.field().contestants().stream(), circumstances.field().archivers().stream())
                .filter(contestant -> contestant.name().equals(summary.contestant()))
                .map(Contestant::kind)
                .findFirst()
                .orElse(Contestant.Kind.PEER);
    }

    private void requests() {
        heading("Requests: sent against the least conceivable");
        Table table = new Table("", "sent", "least", "x least", "by method and kind");
        for (Cell cell : results.cells()) {
            for (Summary summary : results.summaries(cell)) {
                Optional<Requests> requests = summary.requests();
                if (requests.isPresent() && kind(summary) != Contestant.Kind.PEER) {
                    table.row(requests(cell, summary, requests.get()));
                }
            }
        }
        text.append(table.text());
    }

    private String[] requests(Cell cell, Summary summary, Requests requests) {
        OptionalLong least = LeastRequests.of(cell.scenario(), summary.contestant(), results.content(cell.workload()));
        return new String[] {
            summary.contestant() + ", " + cell,
            Long.toString(requests.total()),
            least.isPresent() ? Long.toString(least.getAsLong()) : NONE,
            least.isPresent() ? "%.2f".formatted(requests.total() / (double) least.getAsLong()) : NONE,
            Stream.of(counts("source", requests.source()), counts("target", requests.target()))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("; "))
        };
    }

    private static String counts(String side, SortedMap<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ", side + ": ", ""));
    }

    private void verdicts() {
        List<Verdict> verdicts = Verdicts.of(results);
        heading("Targets: %d met, %d missed, %d not measured in this run"
                .formatted(
                        Verdicts.count(verdicts, Verdict.Outcome.MET),
                        Verdicts.count(verdicts, Verdict.Outcome.MISSED),
                        Verdicts.count(verdicts, Verdict.Outcome.OPEN)));
        Table table = new Table("target", "limit", "measured", "");
        verdicts.stream()
                .filter(verdict -> verdict.outcome() != Verdict.Outcome.OPEN)
                .forEach(verdict -> table.row(
                        verdict.target(),
                        verdict.allowed(),
                        verdict.measured(),
                        verdict.outcome().label()));
        text.append(table.text());
    }

    private void heading(String words) {
        text.append("\n### ").append(words).append("\n\n");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
