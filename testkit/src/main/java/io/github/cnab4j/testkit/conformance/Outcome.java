/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.conformance;

import java.util.Optional;

/** How a row of the conformance suite ended. */
public enum Outcome {
    /** As the specification wants it. */
    PASS("Pass"),
    /** The registry chose another way that the specification allows, so there was nothing to judge. */
    SKIP("Skip"),
    /** Not asked for by the version or the options of the run. */
    DISABLED("Disabled"),
    /** Not as the specification wants it. */
    FAIL("FAIL"),
    /** The suite could not judge. */
    ERROR("Error");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    static Optional<Outcome> of(String word) {
        for (Outcome outcome : values()) {
            if (outcome.word.equals(word)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
