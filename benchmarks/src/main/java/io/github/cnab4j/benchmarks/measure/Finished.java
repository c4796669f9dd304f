/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.measure;

import java.util.Optional;

/**
 * A program that has ended.
 *
 * @param exit its exit code
 * @param timedOut whether it was stopped because it took too long
 * @param cost what it took
 * @param output what it printed, both streams
 */
public record Finished(int exit, boolean timedOut, Cost cost, String output) {
    private static final int LONGEST = 300;

    /** Why the run does not count, if it does not. */
    public Optional<String> failure() {
        if (timedOut) {
            return Optional.of("stopped after %.0f s".formatted(cost.wallSeconds()));
        }
        if (exit == 0) {
            return Optional.empty();
        }
        String text = output.strip().replaceAll("\\s+", " ");
        return Optional.of("exit code " + exit + ": "
                + (text.length() > LONGEST ? "... " + text.substring(text.length() - LONGEST) : text));
    }
}
