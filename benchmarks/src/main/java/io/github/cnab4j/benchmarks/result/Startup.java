/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.result;

import io.github.cnab4j.benchmarks.measure.Statistics;
import java.util.List;

/**
 * Wall seconds of short programs, run in turn.
 *
 * @param nothing a program that does nothing: what starting and waiting alone take
 * @param version the packaged command's {@code version}
 * @param pull its pull of a tiny bundle on loopback; may be empty
 */
public record Startup(List<Double> nothing, List<Double> version, List<Double> pull) {
    /** Copies the lists. */
    public Startup {
        nothing = List.copyOf(nothing);
        version = List.copyOf(version);
        pull = List.copyOf(pull);
    }

    /** The start-up time of the command in seconds: the median of {@code version}. */
    public double seconds() {
        return Statistics.median(version);
    }
}
