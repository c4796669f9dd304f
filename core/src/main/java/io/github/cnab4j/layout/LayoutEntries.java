/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.oci.Descriptor;
import java.util.List;
import java.util.Map;

/**
 * What a layout's {@code index.json} lists, as far as it can be read.
 *
 * @param named by the name of each entry its manifest, in the order of the index; of two entries of one name the first
 * @param manifests all manifests that are listed, named or not, each once
 */
public record LayoutEntries(Map<String, Descriptor> named, List<Descriptor> manifests) {
    /** Nothing. */
    public static LayoutEntries none() {
        return new LayoutEntries(Map.of(), List.of());
    }
}
