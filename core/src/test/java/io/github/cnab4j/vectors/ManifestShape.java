/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the library demands of manifests and indexes, where the Go tool looks at next to nothing. */
final class ManifestShape {
    private static final List<String> DOCUMENT_MEMBERS = List.of(
            "schemaVersion",
            "mediaType",
            "artifactType",
            "manifests",
            "config",
            "layers",
            "fsLayers",
            "subject",
            "annotations");
    private static final List<String> DESCRIPTOR_MEMBERS =
            List.of("mediaType", "digest", "size", "urls", "annotations", "platform", "artifactType");
    private static final List<String> PLATFORM_MEMBERS =
            List.of("os", "architecture", "variant", "os.version", "os.features");

    private ManifestShape() {}

    /** Whether a member of the document or of a descriptor in it is a known one in another case. */
    static boolean hasMembersInAnotherCase(JsonObject document) {
        Stream<JsonValue> descriptors = Stream.of("manifests", "layers")
                .flatMap(list -> document.array(list).stream())
                .flatMap(list -> list.elements().stream());
        return anotherCase(document, DOCUMENT_MEMBERS)
                || Stream.concat(
                                descriptors,
                                Stream.of("subject", "config").flatMap(name -> Stream.ofNullable(document.get(name))))
                        .anyMatch(ManifestShape::isDescriptorInAnotherCase);
    }

    /** Whether an index can be read in two ways. */
    static boolean isContradictoryIndex(JsonObject index, String declared) {
        return isDeclaredOtherwise(index, declared)
                || Stream.of("config", "layers", "fsLayers").anyMatch(name -> isGiven(index, name));
    }

    /** Whether an image manifest can be read in two ways. */
    static boolean isContradictoryManifest(JsonObject manifest, String declared) {
        return isDeclaredOtherwise(manifest, declared)
                || Stream.of("manifests", "fsLayers").anyMatch(name -> isGiven(manifest, name));
    }

    /** Whether an index has what an index must have. */
    static boolean isSoundIndex(JsonObject index) {
        return isSound(index)
                && index.has("manifests")
                && ifGiven(index, "manifests", list -> isListOf(list, ManifestShape::isDescriptor));
    }

    /** Whether an image manifest has what it must have. */
    static boolean isSoundManifest(JsonObject manifest) {
        JsonValue config = manifest.get("config");
        return isSound(manifest)
                && config != null
                && isDescriptor(config)
                && ifGiven(manifest, "layers", list -> isListOf(list, ManifestShape::isDescriptor));
    }

    private static boolean isSound(JsonObject document) {
        return new JsonNumber("2").equals(document.get("schemaVersion"))
                && ifGiven(document, "subject", ManifestShape::isDescriptor)
                && ifGiven(document, "annotations", ManifestShape::isTextMap)
                && Stream.of("mediaType", "artifactType")
                        .allMatch(name -> ifGiven(document, name, ManifestShape::isText));
    }

    private static boolean isDescriptorInAnotherCase(JsonValue value) {
        return value instanceof JsonObject descriptor
                && (anotherCase(descriptor, DESCRIPTOR_MEMBERS)
                        || descriptor
                                .object("platform")
                                .filter(platform -> anotherCase(platform, PLATFORM_MEMBERS))
                                .isPresent());
    }

    private static boolean anotherCase(JsonObject object, List<String> known) {
        return object.members().keySet().stream()
                .anyMatch(name -> !known.contains(name) && known.stream().anyMatch(name::equalsIgnoreCase));
    }

    private static boolean isDeclaredOtherwise(JsonObject document, String declared) {
        String stated = document.string("mediaType").orElse("");
        return !stated.isEmpty() && !stated.equals(declared);
    }

    private static boolean isDescriptor(JsonValue value) {
        return value instanceof JsonObject object
                && object.string("mediaType").orElse("").matches("[ -~]+")
                && object.string("digest")
                        .orElse("")
                        .matches("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}")
                && object.get("size") instanceof JsonNumber size
                && size.text().matches("[0-9]{1,16}")
                && Long.parseLong(size.text()) < 1L << 53
                && ifGiven(object, "urls", urls -> isListOf(urls, ManifestShape::isText))
                && ifGiven(object, "annotations", ManifestShape::isTextMap)
                && ifGiven(object, "artifactType", ManifestShape::isText)
                && ifGiven(object, "platform", ManifestShape::isPlatform);
    }

    private static boolean isPlatform(JsonValue value) {
        return value instanceof JsonObject object
                && Stream.of("os", "architecture", "variant", "os.version")
                        .allMatch(name -> ifGiven(object, name, ManifestShape::isText))
                && ifGiven(object, "os.features", features -> isListOf(features, ManifestShape::isText));
    }

    private static boolean isTextMap(JsonValue value) {
        return value instanceof JsonObject object
                && object.members().values().stream().allMatch(ManifestShape::isText);
    }

    private static boolean isListOf(JsonValue value, Predicate<JsonValue> property) {
        return value instanceof JsonArray array && array.elements().stream().allMatch(property);
    }

    private static boolean isText(JsonValue value) {
        return value instanceof JsonString;
    }

    private static boolean ifGiven(JsonObject object, String name, Predicate<JsonValue> property) {
        JsonValue value = object.get(name);
        return value == null || value == JsonNull.NULL || property.test(value);
    }

    private static boolean isGiven(JsonObject object, String name) {
        return object.has(name) && object.get(name) != JsonNull.NULL;
    }
}
