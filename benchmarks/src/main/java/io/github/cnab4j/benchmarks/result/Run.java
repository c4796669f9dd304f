/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.result;

import io.github.cnab4j.benchmarks.measure.Cost;
import java.util.Optional;

/**
 * One run of one contestant.
 *
 * @param cell what it was run on
 * @param contestant its name
 * @param repetition counts from 1; 0: a run through a relay that only counted requests
 * @param failure why it does not count, if it does not
 * @param cost what it took
 * @param requests what it sent, as far as a relay saw it
 */
public record Run(
        Cell cell, String contestant, int repetition, Optional<String> failure, Cost cost, Requests requests) {
    /** Whether its times are worth something. */
    public boolean timed() {
        return repetition > 0 && failure.isEmpty();
    }
}
