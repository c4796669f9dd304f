/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import java.util.Locale;

/**
 * A target and what became of it.
 *
 * @param target what was to be reached
 * @param allowed the limit that follows from this run
 * @param measured what was measured
 * @param outcome whether it is within the limit
 */
record Verdict(String target, String allowed, String measured, Outcome outcome) {
    enum Outcome {
        MET,
        MISSED,
        /** Something that it takes was not measured in this run. */
        OPEN;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A figure that has to be at most a limit. */
    static Verdict atMost(String target, double limit, double measured, String unit) {
        return new Verdict(
                target, figure(limit, unit), figure(measured, unit), measured <= limit ? Outcome.MET : Outcome.MISSED);
    }

    static Verdict failed(String target, String reason) {
        return new Verdict(target, "", reason, Outcome.MISSED);
    }

    static Verdict open(String target, String reason) {
        return new Verdict(target, "", reason, Outcome.OPEN);
    }

    private static String figure(double value, String unit) {
        String number = unit.equals("MiB") || unit.isEmpty() ? "%.0f".formatted(value) : "%.2f".formatted(value);
        return (number + " " + unit).strip();
    }
}
