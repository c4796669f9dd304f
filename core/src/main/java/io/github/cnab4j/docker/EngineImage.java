/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import java.util.List;

/**
 * An image that an engine has.
 *
 * @param id the digest of its configuration or manifest, as the engine counts
 * @param names the tags and digests under which the engine has it; empty for an image without a name
 * @param size what the engine says how large it is, in bytes; 0 if it does not say
 */
public record EngineImage(String id, List<String> names, long size) {
    /** An archive has other layers than an engine: padding, several images' layers, and what an engine says is a claim, too. */
    private static final long MOST_GROWTH = 4;

    private static final long ALWAYS_ALLOWED = 4L << 30;

    /** Copies the list. */
    public EngineImage {
        names = List.copyOf(names);
    }

    /** The most bytes that an archive of this image can have and be believed. */
    public long archiveLimit() {
        return Math.max(ALWAYS_ALLOWED, Math.min(size, Long.MAX_VALUE / MOST_GROWTH) * MOST_GROWTH);
    }
}
