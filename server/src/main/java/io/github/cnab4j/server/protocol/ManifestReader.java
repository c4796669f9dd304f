/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads the outline of a manifest in one pass; what it does not know it skips. */
final class ManifestReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final byte[] bytes;
    private @Nullable String mediaType;
    private @Nullable String artifactType;
    private ManifestOutline.@Nullable Child config;
    private ManifestOutline.@Nullable Child subject;
    private List<ManifestOutline.Child> layers = List.of();
    private List<ManifestOutline.Child> manifests = List.of();
    private Map<String, String> annotations = Map.of();

    ManifestReader(byte[] bytes) {
        this.bytes = bytes;
    }

    ManifestOutline read() {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "not a JSON object");
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                member(json, name);
            }
            require(json.nextToken() == null, "something follows the JSON object");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        return new ManifestOutline(mediaType, artifactType, config, layers, manifests, subject, annotations);
    }

    private void member(JsonParser json, String name) {
        switch (name) {
            case "mediaType" -> mediaType = string(json);
            case "artifactType" -> artifactType = string(json);
            case "config" -> config = child(json);
            case "subject" -> subject = child(json);
            case "layers" -> layers = children(json);
            case "manifests" -> manifests = children(json);
            case "annotations" -> annotations = strings(json);
            default -> json.skipChildren();
        }
    }

    private static @Nullable String string(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        require(json.currentToken() == JsonToken.VALUE_STRING, "a string is expected");
        return json.getString();
    }

    private static List<ManifestOutline.Child> children(JsonParser json) {
        List<ManifestOutline.Child> children = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return children;
        }
        require(json.currentToken() == JsonToken.START_ARRAY, "an array is expected");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            ManifestOutline.Child child = child(json);
            require(child != null, "a descriptor is null");
            children.add(child);
        }
        return List.copyOf(children);
    }

    private static ManifestOutline.@Nullable Child child(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        require(json.currentToken() == JsonToken.START_OBJECT, "a descriptor is expected");
        String mediaType = "";
        String digest = "";
        long size = -1;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("mediaType") && value == JsonToken.VALUE_STRING) {
                mediaType = json.getString();
            } else if (name.equals("digest") && value == JsonToken.VALUE_STRING) {
                digest = json.getString();
            } else if (name.equals("size") && value == JsonToken.VALUE_NUMBER_INT) {
                size = json.getLongValue();
            } else {
                json.skipChildren();
            }
        }
        return new ManifestOutline.Child(mediaType, digest, size);
    }

    private static Map<String, String> strings(JsonParser json) {
        Map<String, String> strings = new LinkedHashMap<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return strings;
        }
        require(json.currentToken() == JsonToken.START_OBJECT, "an object is expected");
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            require(json.nextToken() == JsonToken.VALUE_STRING, "a string is expected");
            strings.put(name, json.getString());
        }
        return strings;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
