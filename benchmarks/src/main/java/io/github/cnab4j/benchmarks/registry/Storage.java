/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.registry;

import java.util.Arrays;
import java.util.Locale;

/** Where a target registry keeps its content. */
public enum Storage {
    /** In its memory: the registry costs least, the client is what is measured. */
    MEMORY,
    /** On disk, as registries are run. */
    DISK;

    /** The storage of a name in lower case. */
    public static Storage named(String label) {
        return Arrays.stream(values())
                .filter(storage -> storage.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no storage " + label));
    }

    /** Its name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
