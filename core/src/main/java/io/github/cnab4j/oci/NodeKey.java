/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import org.jspecify.annotations.Nullable;

/**
 * What makes two descriptors one node of a content graph. The media type does not count; manifests and blobs are apart, since
 * they live under different paths of a registry.
 */
public record NodeKey(Digest digest, boolean manifest) {
    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NodeKey key && digest.equals(key.digest) && manifest == key.manifest;
    }

    @Override
    public int hashCode() {
        return 31 * digest.hashCode() + Boolean.hashCode(manifest);
    }
}
