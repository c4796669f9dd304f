/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.result;

import io.github.cnab4j.benchmarks.measure.Statistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one contestant on one cell.
 *
 * @param contestant its name
 * @param runs at least one
 */
public record Summary(String contestant, List<Run> runs) {
    /** Copies the list. */
    public Summary {
        runs = List.copyOf(runs);
    }

    /** Whether every run did its work; only then its figures are compared. */
    public boolean good() {
        return failure().isEmpty() && runs.stream().anyMatch(Run::timed);
    }

    /** Why a run failed, if one did. */
    public Optional<String> failure() {
        return runs.stream().flatMap(run -> run.failure().stream()).findFirst();
    }

    /** Number of runs that were timed and did their work. */
    public int timed() {
        return (int) runs.stream().filter(Run::timed).count();
    }

    /** Median of wall seconds. */
    public double wall() {
        return Statistics.median(series(run -> run.cost().wallSeconds()));
    }

    /** Least wall seconds. */
    public double leastWall() {
        return Statistics.least(series(run -> run.cost().wallSeconds()));
    }

    /** Greatest wall seconds. */
    public double greatestWall() {
        return Statistics.greatest(series(run -> run.cost().wallSeconds()));
    }

    /** Median of CPU seconds. */
    public double cpu() {
        return Statistics.median(series(run -> run.cost().cpuSeconds()));
    }

    /** Greatest peak of resident memory, in MiB. */
    public double peakMib() {
        return Statistics.greatest(series(run -> run.cost().peakKib())) / 1024;
    }

    private List<Double> series(ToDoubleFunction<Run> figure) {
        return runs.stream()
                .filter(Run::timed)
                .map(run -> figure.applyAsDouble(run))
                .toList();
    }

    /** What the run with the median number of requests sent, if requests were counted. */
    public Optional<Requests> requests() {
        List<Requests> counted = runs.stream()
                .filter(run -> run.failure().isEmpty() && run.requests().counted())
                .map(Run::requests)
                .sorted((a, b) -> Long.compare(a.total(), b.total()))
                .toList();
        return counted.isEmpty() ? Optional.empty() : Optional.of(counted.get(counted.size() / 2));
    }
}
