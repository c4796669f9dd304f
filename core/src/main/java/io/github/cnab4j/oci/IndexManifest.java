/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An index: entries for manifests, other indexes or, in caches, blobs. Read by {@link Manifest#parse}.
 *
 * @param mediaType the type under which it was read
 * @param json the document
 * @param manifests the entries in their order
 * @param subject the manifest that this one refers to
 * @param artifactType type of the artifact
 * @param annotations annotations in their order
 */
public record IndexManifest(
        MediaType mediaType,
        JsonObject json,
        List<Descriptor> manifests,
        @Nullable Descriptor subject,
        @Nullable String artifactType,
        Map<String, String> annotations)
        implements Manifest {
    /** Copies the collections. */
    public IndexManifest {
        manifests = List.copyOf(manifests);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    @Override
    public List<Descriptor> successors() {
        return Successors.distinct(manifests);
    }
}
