/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import java.util.List;

/** An index after {@link PlatformFilter}. Immutable. */
public final class FilteredIndex {
    private final Descriptor descriptor;
    private final byte[] content;
    private final List<Descriptor> kept;

    FilteredIndex(Descriptor descriptor, byte[] content, List<Descriptor> kept) {
        this.descriptor = descriptor;
        this.content = content.clone();
        this.kept = List.copyOf(kept);
    }

    /** The index: the media type is that of the original, digest and size too if every entry was kept. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** A copy of the index's bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** The entries that were kept, in their order. */
    public List<Descriptor> kept() {
        return kept;
    }
}
