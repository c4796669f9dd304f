/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.converter.BundleIndex;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;

/** Manifests and indexes, as registries and layouts give them. */
public final class ManifestFuzz {
    private ManifestFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        for (MediaType type : new MediaType[] {MediaType.OCI_MANIFEST, MediaType.OCI_INDEX}) {
            Expect.accepted(() -> {
                for (Descriptor child : Manifest.parse(type, data).successors()) {
                    Expect.same(
                            child.digest(),
                            io.github.cnab4j.oci.Digest.parse(child.digest().toString()));
                }
            });
        }
        Expect.accepted(() -> BundleIndex.parse(MediaType.OCI_INDEX, data));
    }
}
