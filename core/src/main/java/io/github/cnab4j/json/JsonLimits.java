/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

/**
 * What a reader takes before it refuses the text. The limits bound memory and time for hostile input.
 *
 * @param maxBytes most bytes of text
 * @param maxDepth most arrays and objects inside each other
 * @param maxValues most values (scalars, arrays and objects) in all
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxValues) {
    /** For manifests and indexes: the 4 MiB that registries take. */
    public static final JsonLimits MANIFEST = new JsonLimits(4 << 20, 1_000, 500_000);

    /** For bundles, relocation maps and configuration files. The depth is that of Go's decoder. */
    public static final JsonLimits BUNDLE = new JsonLimits(64 << 20, 10_000, 4_000_000);

    /** Refuses limits under which nothing can be read. */
    public JsonLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxValues < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** These limits with another number of bytes. */
    public JsonLimits withMaxBytes(int bytes) {
        return new JsonLimits(bytes, maxDepth, maxValues);
    }
}
