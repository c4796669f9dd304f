/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts the entries of a bundle's index by what they are to the bundle. */
final class BundleIndexReader {
    private static final Set<String> INDEX_MEMBERS =
            Set.of("schemaVersion", "mediaType", "artifactType", "manifests", "subject", "annotations");

    private final List<Descriptor> configs = new ArrayList<>();
    private final List<Descriptor> invocationImages = new ArrayList<>();
    private final Map<String, Descriptor> components = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    BundleIndex read(MediaType declared, byte[] content) {
        if (declared.kind() != MediaType.Kind.INDEX) {
            throw invalid(
                    "media type " + Excerpt.quoted(declared.value()) + " is not that of a bundle's index",
                    "The reference names something else than a CNAB bundle; check its tag.");
        }
        JsonObject index = document(declared, content, "config", "layers");
        JsonArray entries = index.array("manifests").orElseThrow(() -> invalid("it has no array manifests", null));
        for (JsonValue entry : entries) {
            if (!(entry instanceof JsonObject descriptor)) {
                throw invalid("an entry is " + entry.kind() + " where a descriptor is expected", null);
            }
            sort(Descriptor.fromJson(descriptor));
        }
        if (configs.size() != 1) {
            throw invalid(
                    configs.isEmpty()
                            ? "no entry is the config of a bundle"
                            : configs.size() + " entries are configs, so which bundle it is stays in doubt",
                    configs.isEmpty() ? "The reference names an index that is no CNAB bundle." : null);
        }
        warn(index);
        return new BundleIndex(configs.get(0), invocationImages, components, warnings);
    }

    static Descriptor configOf(Descriptor manifest, byte[] content) {
        JsonObject document = document(manifest.mediaType(), content, "manifests");
        JsonObject config = document.object("config")
                .orElseThrow(() -> invalid("the config manifest " + manifest.digest() + " has no config", null));
        return Descriptor.fromJson(config);
    }

    private void sort(Descriptor entry) {
        if (!entry.mediaType().isManifest()) {
            throw invalid(
                    "entry " + entry.digest() + " has media type "
                            + Excerpt.quoted(entry.mediaType().value()) + ", which is not that of a manifest",
                    null);
        }
        String type = entry.annotations().get(CnabAnnotations.TYPE);
        if (type == null) {
            throw invalid("entry " + entry.digest() + " has no annotation " + CnabAnnotations.TYPE, null);
        }
        switch (type) {
            case CnabAnnotations.TYPE_CONFIG -> configs.add(entry);
            case CnabAnnotations.TYPE_INVOCATION -> invocationImages.add(entry);
            case CnabAnnotations.TYPE_COMPONENT -> component(entry);
            default ->
                throw invalid(
                        "entry " + entry.digest() + " has the unknown " + CnabAnnotations.TYPE + " "
                                + Excerpt.quoted(type),
                        null);
        }
    }

    private void component(Descriptor entry) {
        String name = entry.annotations().get(CnabAnnotations.COMPONENT);
        if (name == null) {
            throw invalid(
                    "entry " + entry.digest() + " is a component without annotation " + CnabAnnotations.COMPONENT,
                    null);
        }
        if (components.putIfAbsent(name, entry) != null) {
            throw invalid("component " + Excerpt.quoted(name) + " has two entries", null);
        }
    }

    private void warn(JsonObject index) {
        JsonValue artifact = index.object("annotations")
                .map(map -> map.get(CnabAnnotations.ARTIFACT_TYPE))
                .orElse(null);
        if (!new JsonString(CnabAnnotations.BUNDLE_ARTIFACT).equals(artifact)) {
            warnings.add("the index has no annotation " + CnabAnnotations.ARTIFACT_TYPE + " "
                    + CnabAnnotations.BUNDLE_ARTIFACT);
        }
        index.members().keySet().stream()
                .filter(name -> !INDEX_MEMBERS.contains(name))
                .forEach(name -> warnings.add("the index has the unknown member " + Excerpt.quoted(name)));
    }

    private static JsonObject document(MediaType declared, byte[] content, String... foreign) {
        JsonObject document = JsonReader.readObject(content, JsonLimits.MANIFEST);
        if (!(document.get("schemaVersion") instanceof JsonNumber version)
                || version.toLong().orElse(0) != 2) {
            throw invalid("its schemaVersion is not 2", null);
        }
        JsonValue stated = document.get("mediaType");
        if (stated instanceof JsonString text && new MediaType(text.value()).kind() != declared.kind()) {
            throw invalid(
                    "it says that it is " + Excerpt.quoted(text.value()) + " and was given as "
                            + Excerpt.quoted(declared.value()),
                    null);
        }
        for (String name : foreign) {
            JsonValue value = document.get(name);
            if (value != null && value != JsonNull.NULL) {
                throw invalid("it has the member \"" + name + "\", which readers take for another kind", null);
            }
        }
        return document;
    }

    private static InvalidInputException invalid(String why, @Nullable String hint) {
        return new InvalidInputException(ErrorCode.INVALID_MANIFEST, "not the index of a CNAB bundle: " + why, hint);
    }
}
