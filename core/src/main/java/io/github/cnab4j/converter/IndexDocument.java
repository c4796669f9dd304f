/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.converter.BundleForm.IndexForm;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The index of a bundle as JSON, and its bytes as the Go tool writes them: members in the order of Go's types, maps sorted. */
final class IndexDocument {
    private static final String MANIFESTS = "manifests";
    private static final String ANNOTATIONS = "annotations";
    private static final String MEDIA_TYPE = "mediaType";
    private static final List<String> INDEX_ORDER =
            List.of("schemaVersion", MEDIA_TYPE, "artifactType", MANIFESTS, "subject", ANNOTATIONS);
    private static final List<String> ENTRY_ORDER =
            List.of(MEDIA_TYPE, "digest", "size", "urls", ANNOTATIONS, "data", "platform", "artifactType");

    private IndexDocument() {}

    static JsonObject of(Bundle bundle, Descriptor config, List<Descriptor> images) {
        List<JsonValue> entries = new ArrayList<>();
        entries.add(config.withAnnotations(Map.of(CnabAnnotations.TYPE, CnabAnnotations.TYPE_CONFIG))
                .toJson());
        images.forEach(image -> entries.add(image.toJson()));
        return ordered(JsonObject.builder()
                .put("schemaVersion", 2)
                .put(MANIFESTS, new JsonArray(entries))
                .put(ANNOTATIONS, JsonObject.ofStrings(CnabAnnotations.ofIndex(bundle)))
                .build());
    }

    /** What a manifest option gave, if it is an index. */
    static JsonObject checked(JsonObject index) {
        if (!(index.get("schemaVersion") instanceof JsonNumber version)
                || version.toLong().orElse(0) != 2) {
            throw invalid("its schemaVersion is not 2", null);
        }
        JsonValue mediaType = index.get(MEDIA_TYPE);
        if (mediaType != null && !mediaType.equals(new JsonString(MediaType.OCI_INDEX.value()))) {
            throw invalid("its mediaType is not that of an OCI index", null);
        }
        JsonArray entries = index.array(MANIFESTS).orElseThrow(() -> invalid("it has no array manifests", null));
        for (JsonValue entry : entries) {
            if (!(entry instanceof JsonObject descriptor)) {
                throw invalid("an entry is " + entry.kind() + " where a descriptor is expected", null);
            }
            try {
                Descriptor.fromJson(descriptor);
            } catch (InvalidInputException why) {
                throw invalid(why.getMessage(), why);
            }
        }
        requireTexts(index.get(ANNOTATIONS));
        return index;
    }

    private static void requireTexts(@Nullable JsonValue annotations) {
        boolean texts = annotations == null
                || (annotations instanceof JsonObject map
                        && map.members().values().stream().allMatch(JsonString.class::isInstance));
        if (!texts) {
            throw invalid("its annotations are not an object of strings", null);
        }
    }

    /** The index with the entry of the config manifest pointing to {@code config}; its annotations stay. */
    static JsonObject withConfig(JsonObject index, Digest entry, Descriptor config) {
        List<JsonValue> entries = new ArrayList<>();
        for (JsonValue value : index.array(MANIFESTS).orElseThrow()) {
            JsonObject descriptor = (JsonObject) value;
            boolean isConfig =
                    descriptor.string("digest").filter(entry.toString()::equals).isPresent();
            entries.add(isConfig ? pointingTo(descriptor, config) : descriptor);
        }
        return index.with(MANIFESTS, new JsonArray(entries));
    }

    private static JsonObject pointingTo(JsonObject entry, Descriptor target) {
        return entry.toBuilder()
                .put(MEDIA_TYPE, target.mediaType().value())
                .put("digest", target.digest().toString())
                .put("size", target.size())
                .build();
    }

    /** The bytes of the index. A Docker list says what it is in its last member, as the Go tool's does. */
    static byte[] seal(JsonObject index, IndexForm form) {
        if (form == IndexForm.OCI) {
            return GoJson.write(ordered(index));
        }
        JsonObject list = ordered(index.without(MEDIA_TYPE));
        return GoJson.write(
                list.with(MEDIA_TYPE, new JsonString(form.mediaType().value())));
    }

    private static JsonObject ordered(JsonObject index) {
        JsonObject.Builder result = inOrder(index, INDEX_ORDER).toBuilder();
        index.array(MANIFESTS)
                .ifPresent(entries -> result.put(
                        MANIFESTS,
                        new JsonArray(entries.elements().stream()
                                .<JsonValue>map(entry -> inOrder((JsonObject) entry, ENTRY_ORDER))
                                .toList())));
        return result.build();
    }

    private static JsonObject inOrder(JsonObject object, List<String> order) {
        JsonObject.Builder result = JsonObject.builder();
        for (String name : order) {
            JsonValue value = object.get(name);
            if (value != null) {
                result.put(name, name.equals(ANNOTATIONS) ? sorted(value) : value);
            }
        }
        object.members().forEach((name, value) -> {
            if (!result.has(name)) {
                result.put(name, value);
            }
        });
        return result.build();
    }

    private static JsonValue sorted(JsonValue annotations) {
        if (!(annotations instanceof JsonObject map)) {
            return annotations;
        }
        Map<String, JsonValue> result = new TreeMap<>(Utf8Order.COMPARATOR);
        result.putAll(map.members());
        return JsonObject.of(result);
    }

    private static InvalidInputException invalid(String why, @Nullable Throwable cause) {
        return new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "a manifest option gave no OCI index: " + why,
                "Have it return the index that it is given, with changes.",
                cause);
    }
}
