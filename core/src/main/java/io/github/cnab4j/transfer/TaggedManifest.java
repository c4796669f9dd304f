/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.NodeKey;
import java.util.Set;

/**
 * What a target has under a tag.
 *
 * @param manifest the manifest or index
 * @param names the manifests that it names if it is an index. The target had them when it took the index; registries that collect
 *     garbage may have lost one since
 */
public record TaggedManifest(String tag, NodeKey manifest, Set<NodeKey> names) {
    /** Copies the set. */
    public TaggedManifest {
        names = Set.copyOf(names);
    }
}
