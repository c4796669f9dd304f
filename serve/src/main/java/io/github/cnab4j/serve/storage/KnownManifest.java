/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.server.storage.Digest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a repository knows of a manifest without reading it.
 *
 * @param size in bytes
 * @param subject the manifest that it refers to
 * @param children the manifests that it lists, if it is an index
 */
record KnownManifest(
        Digest digest,
        String mediaType,
        long size,
        @Nullable Digest subject,
        List<Digest> children) {

    /**
     * Of the manifest's bytes.
     *
     * @throws IllegalArgumentException if they are no manifest
     */
    static KnownManifest of(Digest digest, String mediaType, byte[] content) {
        ManifestOutline outline = ManifestOutline.parse(content);
        ManifestOutline.Child subject = outline.subject();
        return new KnownManifest(
                digest,
                mediaType,
                content.length,
                subject == null ? null : Digest.parse(subject.digest()).orElse(null),
                outline.manifests().stream()
                        .flatMap(child -> Digest.parse(child.digest()).stream())
                        .distinct()
                        .toList());
    }

    /** As an entry of {@code index.json}. */
    Descriptor descriptor() {
        return Descriptor.of(new MediaType(mediaType), Digests.ofLibrary(digest), size);
    }

    /** The manifests that it names. */
    Stream<Digest> manifests() {
        return children.stream();
    }
}
