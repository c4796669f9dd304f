/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.registry;

import java.util.Arrays;
import java.util.Locale;

/** Where a target registry keeps its content. */
public enum Storage {
    /**
     * In its memory: small content costs the registry least, so that the client is what is measured. It copies what it has of a
     * blob with every piece that is appended: with layers of many megabytes the registry is what is measured.
     */
    MEMORY("in memory"),
    /** In files of a RAM disk: dearer than memory for small content, but as cheap for large. */
    SHM("on a RAM disk"),
    /** On disk, as registries are run. */
    DISK("on disk");

    private final String words;

    Storage(String words) {
        this.words = words;
    }

    /** The storage of a name in lower case. */
    public static Storage named(String label) {
        return Arrays.stream(values())
                .filter(storage -> storage.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no storage " + label));
    }

    /** Where that is, in words. */
    public String words() {
        return words;
    }

    /** Its name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
