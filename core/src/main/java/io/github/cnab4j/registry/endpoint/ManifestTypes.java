/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.oci.MediaType;
import java.util.Locale;
import java.util.Optional;

/** Media types of manifests in header fields. */
final class ManifestTypes {
    /** All types in one field: some registries look at one field only, and give something else where a type is missing. */
    static final String ACCEPT = String.join(
            ", ",
            MediaType.OCI_INDEX.value(),
            MediaType.OCI_MANIFEST.value(),
            MediaType.DOCKER_LIST.value(),
            MediaType.DOCKER_MANIFEST.value());

    private ManifestTypes() {}

    /** The type that a Content-Type names, without parameters; empty if it is none of a manifest. */
    static Optional<MediaType> manifestType(Optional<String> contentType) {
        return contentType
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .map(MediaType::new)
                .filter(MediaType::isManifest);
    }
}
