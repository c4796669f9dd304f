/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.result;

import io.github.cnab4j.benchmarks.workload.Workload;
import io.github.cnab4j.benchmarks.workload.WorkloadContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that came out of one call of the harness.
 *
 * @param startup how long the packaged command takes to start
 * @param runs all runs in their order
 * @param contents what the workloads consist of
 */
public record Results(Startup startup, List<Run> runs, Map<Workload, WorkloadContent> contents) {
    /** Copies the list and the map. */
    public Results {
        runs = List.copyOf(runs);
        contents = Map.copyOf(contents);
    }

    /** What was measured, in order. */
    public List<Cell> cells() {
        return runs.stream().map(Run::cell).distinct().toList();
    }

    /** What a workload consists of that was used. */
    public WorkloadContent content(Workload workload) {
        return Objects.requireNonNull(contents.get(workload), workload.label());
    }

    /** The contestants of a cell, in their order. */
    public List<Summary> summaries(Cell cell) {
        Map<String, List<Run>> byName = new LinkedHashMap<>();
        for (Run run : runs) {
            if (run.cell().equals(cell)) {
                byName.computeIfAbsent(run.contestant(), name -> new ArrayList<>())
                        .add(run);
            }
        }
        return byName.entrySet().stream()
                .map(entry -> new Summary(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** One contestant of a cell. */
    public Optional<Summary> find(Cell cell, String contestant) {
        return summaries(cell).stream()
                .filter(summary -> summary.contestant().equals(contestant))
                .findFirst();
    }
}
