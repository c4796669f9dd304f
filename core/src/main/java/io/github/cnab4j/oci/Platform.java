/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on (OCI image specification, "Image Index", {@code platform}).
 *
 * @param os operating system in Go's naming; may be empty where a document leaves it out
 * @param architecture processor in Go's naming; may be empty where a document leaves it out
 * @param variant variant of the processor, such as {@code v8}
 * @param osVersion version of the operating system
 * @param osFeatures features of the operating system that the image needs
 */
public record Platform(
        String os,
        String architecture,
        @Nullable String variant,
        @Nullable String osVersion,
        List<String> osFeatures) {
    /** Copies the list. */
    public Platform {
        osFeatures = List.copyOf(osFeatures);
    }

    /** A platform without version and features. */
    public static Platform of(String os, String architecture, @Nullable String variant) {
        return new Platform(os, architecture, variant, null, List.of());
    }

    /** Reads the member {@code platform} of a descriptor; members that are missing or of another type count as absent. */
    public static Platform fromJson(JsonObject json) {
        List<String> features = json.array("os.features").orElse(JsonArray.empty()).elements().stream()
                .filter(JsonString.class::isInstance)
                .map(feature -> ((JsonString) feature).value())
                .toList();
        return new Platform(
                json.string("os").orElse(""),
                json.string("architecture").orElse(""),
                json.string("variant").orElse(null),
                json.string("os.version").orElse(null),
                features);
    }

    /** The member {@code platform} of a descriptor, members in the order of the specification's Go types. */
    public JsonObject toJson() {
        JsonObject.Builder json =
                JsonObject.builder().put("architecture", architecture).put("os", os);
        if (osVersion != null) {
            json.put("os.version", osVersion);
        }
        if (!osFeatures.isEmpty()) {
            json.put("os.features", JsonArray.ofStrings(osFeatures));
        }
        if (variant != null) {
            json.put("variant", variant);
        }
        return json.build();
    }
}
