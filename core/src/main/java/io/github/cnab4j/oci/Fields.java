/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object with the types that they must have. A member {@code null} counts as absent, as Go's readers and
 * writers have it; a member of another type is refused with its path.
 *
 * @param path where the object is in its document, empty for the document itself
 */
record Fields(String path, JsonObject json) {
    static Fields of(JsonObject document) {
        return new Fields("", document);
    }

    boolean has(String name) {
        return value(name) != null;
    }

    @Nullable
    String text(String name) {
        JsonValue value = value(name);
        return value == null ? null : asText(value, path(name));
    }

    String requiredText(String name) {
        return required(text(name), name, "a string");
    }

    Digest requiredDigest(String name) {
        try {
            return Digest.parse(requiredText(name));
        } catch (InvalidInputException why) {
            throw why.code() == ErrorCode.INVALID_DIGEST ? invalid(path(name), why.getMessage()) : why;
        }
    }

    MediaType requiredMediaType(String name) {
        String text = requiredText(name);
        // The value ends up in HTTP headers, so nothing may be in it that could end one.
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw invalid(path(name), Excerpt.quoted(text) + " is not a media type");
        }
        return new MediaType(text);
    }

    /** An integer from 0 to 2^53-1. */
    long requiredSize(String name) {
        JsonValue value = required(value(name), name, "a size");
        // "-0" is no size to readers of unsigned numbers.
        long size = value instanceof JsonNumber number && !number.text().startsWith("-")
                ? number.toLong().orElse(-1)
                : -1;
        if (size < 0 || size > Descriptor.MAX_SIZE) {
            throw invalid(path(name), "a size must be an integer from 0 to 2^53-1");
        }
        return size;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<JsonValue> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            texts.add(asText(elements.get(i), path(name) + "[" + i + "]"));
        }
        return texts;
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        Fields object = object(name);
        if (object != null) {
            object.json.members().forEach((key, value) -> texts.put(key, asText(value, object.path(key))));
        }
        return texts;
    }

    @Nullable
    Fields object(String name) {
        JsonValue value = value(name);
        return value == null ? null : asObject(value, path(name));
    }

    Fields requiredObject(String name) {
        return required(object(name), name, "an object");
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        List<JsonValue> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            objects.add(asObject(elements.get(i), path(name) + "[" + i + "]"));
        }
        return objects;
    }

    /** Readers that ignore case (Go's) would take such a member for the known one. */
    void refuseOtherCaseOf(Set<String> known) {
        for (String name : json.members().keySet()) {
            if (known.contains(name)) {
                continue;
            }
            for (String one : known) {
                if (name.equalsIgnoreCase(one)) {
                    throw invalidMember(name, "must be written \"" + one + "\"");
                }
            }
        }
    }

    InvalidInputException invalidMember(String name, String what) {
        return invalid(path(name), what);
    }

    private List<JsonValue> elements(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray array) {
            return array.elements();
        }
        throw invalid(path(name), "must be an array");
    }

    private @Nullable JsonValue value(String name) {
        JsonValue value = json.get(name);
        return value == JsonNull.NULL ? null : value;
    }

    private <T> T required(@Nullable T value, String name, String what) {
        if (value == null) {
            throw invalid(path(name), "is missing; it must be " + what);
        }
        return value;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String asText(JsonValue value, String path) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw invalid(path, "must be a string");
    }

    private static Fields asObject(JsonValue value, String path) {
        if (value instanceof JsonObject object) {
            return new Fields(path, object);
        }
        throw invalid(path, "must be an object");
    }

    private static InvalidInputException invalid(String path, String what) {
        return new InvalidInputException(ErrorCode.INVALID_MANIFEST, Excerpt.quoted(path) + ": " + what);
    }
}
