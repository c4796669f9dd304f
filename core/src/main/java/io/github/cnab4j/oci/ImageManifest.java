/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest: a configuration and layers. Read by {@link Manifest#parse}.
 *
 * @param mediaType the type under which it was read
 * @param json the document
 * @param config the configuration
 * @param layers the layers in their order
 * @param subject the manifest that this one refers to
 * @param artifactType type of the artifact
 * @param annotations annotations in their order
 */
public record ImageManifest(
        MediaType mediaType,
        JsonObject json,
        Descriptor config,
        List<Descriptor> layers,
        @Nullable Descriptor subject,
        @Nullable String artifactType,
        Map<String, String> annotations)
        implements Manifest {
    /** Copies the collections. */
    public ImageManifest {
        layers = List.copyOf(layers);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    @Override
    public List<Descriptor> successors() {
        List<Descriptor> all = new ArrayList<>(layers.size() + 1);
        all.add(config);
        all.addAll(layers);
        return Successors.distinct(all);
    }
}
