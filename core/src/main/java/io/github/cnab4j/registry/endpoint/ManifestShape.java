/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.MediaType;
import org.jspecify.annotations.Nullable;

/** The media type of a manifest that came with a Content-Type of no use (json, html, octet-stream, none). */
final class ManifestShape {
    private ManifestShape() {}

    static MediaType typeOf(byte[] content, String reference) {
        JsonObject manifest;
        try {
            manifest = JsonReader.readObject(content, JsonLimits.MANIFEST.withMaxBytes(Math.max(1, content.length)));
        } catch (InvalidInputException notJson) {
            throw unusable(reference, "it is no JSON object", notJson);
        }
        String declared = manifest.string("mediaType").orElse("");
        if (!declared.isEmpty()) {
            MediaType type = new MediaType(declared);
            if (!type.isManifest()) {
                throw unusable(reference, "its media type is not one of a manifest", null);
            }
            return type;
        }
        if (manifest.get("schemaVersion") instanceof JsonNumber version
                && version.text().equals("1")) {
            throw unusable(reference, "it has the old schema version 1", null);
        }
        boolean index = manifest.has("manifests");
        boolean image = manifest.has("layers") || manifest.has("config");
        if (index == image) {
            throw unusable(reference, index ? "it is an image and an index at once" : "it is no manifest", null);
        }
        return index ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
    }

    private static InvalidInputException unusable(String reference, String why, @Nullable Throwable cause) {
        return new InvalidInputException(
                ErrorCode.INVALID_MANIFEST, "what " + reference + " holds cannot be used: " + why, null, cause);
    }
}
