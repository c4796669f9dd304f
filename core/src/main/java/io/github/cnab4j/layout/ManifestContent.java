/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.List;
import java.util.Optional;

/** What a layout has to know of a manifest's content: which type it is where no descriptor says so, and what it lists. */
final class ManifestContent {
    private ManifestContent() {}

    /** The type that a document says it has, else the OCI type of its shape; empty if it is no manifest. */
    static Optional<MediaType> type(byte[] content) {
        return object(content)
                .flatMap(json -> json.has("mediaType")
                        ? json.string("mediaType").map(MediaType::new).filter(MediaType::isManifest)
                        : shape(json));
    }

    /** The digests of the manifests that an index lists; none if it is no index. */
    static List<Digest> listed(byte[] content) {
        JsonArray manifests =
                object(content).flatMap(json -> json.array("manifests")).orElse(JsonArray.empty());
        return manifests.elements().stream()
                .flatMap(element -> IndexEntry.of(element).stream())
                .map(entry -> entry.descriptor().digest())
                .toList();
    }

    private static Optional<MediaType> shape(JsonObject json) {
        boolean index = json.has("manifests");
        boolean manifest = json.has("config") && json.has("layers");
        if (index == manifest) {
            return Optional.empty();
        }
        return Optional.of(index ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST);
    }

    private static Optional<JsonObject> object(byte[] content) {
        try {
            return Optional.of(JsonReader.readObject(content, JsonLimits.MANIFEST));
        } catch (InvalidInputException notJson) {
            return Optional.empty();
        }
    }
}
