/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bundle in its index after some of its images became others: what leads to them is written anew, from the bundle up to the index.
 * Everything else that these documents say stays, in its order.
 *
 * @param index the index
 * @param configManifest the config manifest
 * @param bundle the bundle in its canonical form
 */
public record RewrittenBundle(Payload index, Payload configManifest, Payload bundle) {
    /**
     * Rewrites a bundle.
     *
     * @param index the index as it was, read as the index of a bundle
     * @param configManifest the config manifest as it was
     * @param oldBundle where the bundle was, by that manifest
     * @param bundle the bundle with its images as they are to be
     * @param images what takes the place of images, by their digests in the index
     */
    public static RewrittenBundle of(
            Manifest index,
            Manifest configManifest,
            Descriptor configEntry,
            Descriptor oldBundle,
            Bundle bundle,
            Map<Digest, Descriptor> images) {
        Payload content = Payload.of(oldBundle.mediaType(), bundle.canonical());
        Payload config = payload(
                configManifest.mediaType(),
                pointing(configManifest.json(), Map.of(oldBundle.digest(), content.descriptor())));
        Map<Digest, Descriptor> entries = new HashMap<>(images);
        entries.put(configEntry.digest(), config.descriptor());
        return new RewrittenBundle(payload(index.mediaType(), pointing(index.json(), entries)), config, content);
    }

    /** All of it, what is pointed to first. */
    public List<Payload> payloads() {
        return List.of(bundle, configManifest, index);
    }

    private static Payload payload(MediaType mediaType, JsonObject document) {
        return Payload.of(mediaType, GoJson.write(document));
    }

    /** The document with its descriptors of replaced content leading to what replaces it. */
    private static JsonObject pointing(JsonObject document, Map<Digest, Descriptor> replaced) {
        JsonObject.Builder result = document.toBuilder();
        document.object("config").ifPresent(config -> result.put("config", pointed(config, replaced)));
        for (String list : List.of("layers", "manifests")) {
            document.array(list).ifPresent(entries -> {
                List<JsonValue> all = new ArrayList<>();
                entries.forEach(
                        entry -> all.add(entry instanceof JsonObject object ? pointed(object, replaced) : entry));
                result.put(list, new JsonArray(all));
            });
        }
        return result.build();
    }

    private static JsonObject pointed(JsonObject descriptor, Map<Digest, Descriptor> replaced) {
        Descriptor target = descriptor
                .string("digest")
                .map(Digest::parse)
                .map(replaced::get)
                .orElse(null);
        if (target == null) {
            return descriptor;
        }
        return descriptor.toBuilder()
                .put("mediaType", target.mediaType().value())
                .put("digest", target.digest().toString())
                .put("size", target.size())
                .remove("data")
                .remove("urls")
                .build();
    }
}
