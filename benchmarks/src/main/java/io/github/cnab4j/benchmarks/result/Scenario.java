/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.result;

import java.util.Arrays;
import java.util.Locale;

/** What a contestant finds and has to do. */
public enum Scenario {
    /** An empty target takes everything. */
    COLD,
    /** An empty target takes everything, but one request in a hundred does not get through to its registry. */
    FAULTS,
    /** The target has everything already. */
    AGAIN,
    /** The target is another repository of the registry that has the images. */
    MOUNT,
    /** A cold push by the packaged command with a small heap. */
    MEMORY,
    /** The bundle goes into one compressed file; another registry is not concerned. */
    ARCHIVE,
    /** The bundle lies in a layout on this machine, and every byte is hashed; no registry is concerned. */
    VERIFY,
    /** Starting the packaged command: {@code version}, and a pull of a tiny bundle. */
    STARTUP;

    /** Whether its requests are worth counting. */
    public boolean counts() {
        return this != MEMORY && !usesLayout();
    }

    /** Whether contestants find the content in a directory. */
    public boolean usesLayout() {
        return this == ARCHIVE || this == VERIFY;
    }

    /** The scenario of a name in lower case. */
    public static Scenario named(String label) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + label));
    }

    /** Its name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
