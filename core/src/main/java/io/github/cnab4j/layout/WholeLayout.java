/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An OCI image layout that can be looked at as a whole: what it names, and what it holds whether somebody names it or not. */
public sealed interface WholeLayout extends ReadableStore permits LayoutStore, ArchiveStore {
    /**
     * What there is. The layout's own documents are checked for that: every entry of {@code index.json} has to be one that can be used.
     * Blobs are listed and not read.
     *
     * @throws InvalidInputException if something in the layout cannot be part of one
     * @throws FileException if the file system fails
     */
    Inventory inventory(CallScope scope);

    /**
     * What is in a layout.
     *
     * @param roots the entries of {@code index.json}, in their order
     * @param blobs every file below {@code blobs/}, by the digest that its name says, with the size that it has
     * @param oddities what is there and is no part of a layout, in words
     */
    record Inventory(List<Root> roots, List<Descriptor> blobs, List<String> oddities) {
        /** Copies the lists. */
        public Inventory {
            roots = List.copyOf(roots);
            blobs = List.copyOf(blobs);
            oddities = List.copyOf(oddities);
        }
    }

    /**
     * An entry of {@code index.json}.
     *
     * @param name its annotation {@code org.opencontainers.image.ref.name}; null if it has none
     * @param manifest what it leads to
     */
    record Root(@Nullable String name, Descriptor manifest) {}
}
