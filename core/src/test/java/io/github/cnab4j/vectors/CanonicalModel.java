/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * What the library makes of a bundle, worked out a second time: the members that the Go tool writes, filled in from a table, and
 * the canonical form by another implementation of RFC 8785. It says what is expected where the library differs on purpose; where
 * it does not, its results are the Go tool's.
 */
final class CanonicalModel {
    /** {@code !}: written even when it is empty. {@code *}: a list of such objects, {@code %}: such objects by name. */
    private static final Map<String, Map<String, String>> SHAPES = Map.of(
            "Bundle",
            shape("schemaVersion!text name!text version!text description!text keywords:texts maintainers:*Maintainer"
                    + " invocationImages!*InvocationImage images:%Image actions:%Action parameters:%Parameter"
                    + " credentials:%Credential outputs:%Output definitions:schemas license:text"
                    + " requiredExtensions:texts custom:any"),
            "Maintainer",
            shape("name!text email:text url:text"),
            "InvocationImage",
            shape("image!text imageType!text contentDigest:text mediaType:text size:size labels:labels"),
            "Image",
            shape("image!text imageType!text contentDigest:text mediaType:text size:size labels:labels"
                    + " description!text"),
            "Action",
            shape("modifies:flag stateless:flag description:text"),
            "Parameter",
            shape("definition!text applyTo:texts description:text destination!Place required:flag"),
            "Place",
            shape("env:text path:text"),
            "Credential",
            shape("env:text path:text applyTo:texts description:text required:flag"),
            "Output",
            shape("definition!text applyTo:texts description:text path!text"));

    private static final BigInteger LARGEST_SIZE = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

    /** A bundle that is refused. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    private CanonicalModel() {}

    private static Map<String, String> shape(String members) {
        return Stream.of(members.split(" "))
                .map(member -> member.split("(?=[!:])", 2))
                .collect(Collectors.toMap(member -> member[0], member -> member[1]));
    }

    /** The document, if it is JSON that the library takes. */
    static Optional<JsonObject> document(byte[] text) {
        if (!JsonOddities.of(text).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonReader.readObject(text, JsonLimits.BUNDLE));
        } catch (InvalidInputException notJson) {
            return Optional.empty();
        }
    }

    /** The config blob of a bundle; empty if the bundle is refused. */
    static Optional<String> configBlob(byte[] text) {
        return document(text).flatMap(bundle -> {
            try {
                return Optional.of(canonical(object(bundle, "Bundle")));
            } catch (Refused refused) {
                return Optional.empty();
            }
        });
    }

    /** Whether some object has a member that the Go tool does not know, or knows by its name in another case. */
    static boolean hasUnknownMembers(JsonObject bundle) {
        return unknownMembers(bundle, "Bundle").findAny().isPresent();
    }

    /** Whether a known member is written in another case somewhere, which the Go tool reads all the same. */
    static boolean hasMembersInAnotherCase(JsonObject bundle) {
        return unknownMembers(bundle, "Bundle")
                .anyMatch(place -> place.shape().keySet().stream()
                        .anyMatch(known -> fold(known).equals(fold(place.name()))));
    }

    private record Unknown(String name, Map<String, String> shape) {}

    private static Stream<Unknown> unknownMembers(JsonValue value, String shapeName) {
        if (!(value instanceof JsonObject object)) {
            return Stream.empty();
        }
        Map<String, String> shape = SHAPES.get(shapeName);
        return object.members().entrySet().stream().flatMap(member -> {
            String type = shape.get(member.getKey());
            if (type == null) {
                return Stream.of(new Unknown(member.getKey(), shape));
            }
            String inner = type.replaceAll("[^A-Za-z]", "");
            if (!SHAPES.containsKey(inner)) {
                return Stream.empty();
            }
            return items(member.getValue(), type).flatMap(item -> unknownMembers(item, inner));
        });
    }

    private static Stream<JsonValue> items(JsonValue value, String type) {
        if (value instanceof JsonArray list && type.contains("*")) {
            return list.elements().stream();
        }
        if (value instanceof JsonObject map && type.contains("%")) {
            return map.members().values().stream();
        }
        return Stream.of(value);
    }

    private static String fold(String name) {
        return name.replace('\u017F', 's').replace('\u212A', 'k').toLowerCase(Locale.ROOT);
    }

    private static JsonObject object(JsonValue value, String shapeName) {
        if (value != JsonNull.NULL && !(value instanceof JsonObject)) {
            throw new Refused("no object for " + shapeName);
        }
        JsonObject source = value instanceof JsonObject object ? object : JsonObject.empty();
        Map<String, String> shape = SHAPES.get(shapeName);
        Map<String, JsonValue> result = new LinkedHashMap<>(source.members());
        shape.forEach((name, type) -> {
            JsonValue written = member(source.get(name), type.substring(1));
            boolean empty = written == JsonNull.NULL || isZero(written);
            if (empty && type.startsWith(":")) {
                result.remove(name);
            } else {
                result.put(name, written == JsonNull.NULL && type.equals("!text") ? new JsonString("") : written);
            }
        });
        return JsonObject.of(result);
    }

    private static boolean isZero(JsonValue value) {
        return Set.of("\"\"", "0", "false", "[]", "{}")
                .contains(new String(GoJson.write(value), StandardCharsets.UTF_8));
    }

    private static JsonValue member(@Nullable JsonValue value, String type) {
        if (value == null || value == JsonNull.NULL) {
            return JsonNull.NULL;
        }
        return switch (type) {
            case "text" -> expect(value instanceof JsonString, value);
            case "flag" -> expect(value instanceof JsonBoolean, value);
            case "any" -> expect(value instanceof JsonObject, value);
            case "size" -> expect(isSize(value), value);
            case "texts" -> list(value, "text");
            case "labels" -> named(value, "text");
            case "schemas" -> named(value, "schema");
            case "schema" -> expect(value instanceof JsonObject || value instanceof JsonBoolean, value);
            default ->
                switch (type.charAt(0)) {
                    case '*' -> list(value, type.substring(1));
                    case '%' -> named(value, type.substring(1));
                    default -> object(value, type);
                };
        };
    }

    private static boolean isSize(JsonValue value) {
        return value instanceof JsonNumber number
                && number.text().matches("[0-9]+")
                && new BigInteger(number.text()).compareTo(LARGEST_SIZE) <= 0;
    }

    private static JsonValue list(JsonValue value, String type) {
        expect(value instanceof JsonArray, value);
        return new JsonArray(((JsonArray) value)
                .elements().stream().map(element -> item(element, type)).toList());
    }

    private static JsonValue named(JsonValue value, String type) {
        expect(value instanceof JsonObject, value);
        Map<String, JsonValue> result = new LinkedHashMap<>();
        ((JsonObject) value).members().forEach((name, member) -> result.put(name, item(member, type)));
        return JsonObject.of(result);
    }

    /** A {@code null} in a list or map is an empty text or object; a schema is not to be guessed. */
    private static JsonValue item(JsonValue value, String type) {
        if (SHAPES.containsKey(type)) {
            return object(value, type);
        }
        if (value == JsonNull.NULL) {
            expect(type.equals("text"), value);
            return new JsonString("");
        }
        return member(value, type);
    }

    private static JsonValue expect(boolean holds, JsonValue value) {
        if (!holds) {
            throw new Refused("wrong type: " + value.kind());
        }
        return value;
    }

    static String canonical(JsonObject object) {
        String text = new String(GoJson.write(object), StandardCharsets.UTF_8);
        return DeepStack.call(() -> {
            try {
                return new JsonCanonicalizer(text).getEncodedString();
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
        });
    }
}
