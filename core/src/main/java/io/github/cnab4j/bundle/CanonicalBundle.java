/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The members of a bundle as the Go tool writes them: some appear though they are empty, the others vanish when they are.
 * Members that the Go tool does not know stay where they are. Works on bundles whose types have been checked.
 */
final class CanonicalBundle {
    private static final JsonString EMPTY = new JsonString("");

    private CanonicalBundle() {}

    static JsonObject of(JsonObject bundle) {
        return object(bundle, Shape.BUNDLE);
    }

    private static JsonObject object(JsonValue value, Shape shape) {
        JsonObject source = value instanceof JsonObject object ? object : JsonObject.empty();
        JsonObject.Builder result = JsonObject.builder();
        source.members().forEach((name, member) -> {
            if (!shape.members().containsKey(name)) {
                result.put(name, member);
            }
        });
        shape.members().forEach((name, known) -> {
            JsonValue written = member(source.get(name), known);
            if (written != null) {
                result.put(name, written);
            }
        });
        return result.build();
    }

    /** What is written for a member, or null if it vanishes. */
    private static @Nullable JsonValue member(@Nullable JsonValue value, Shape.Member known) {
        if (value == null || value == JsonNull.NULL) {
            return known.always() ? emptyValue(known) : null;
        }
        if (!known.always() && isEmpty(value)) {
            return null;
        }
        return switch (known.kind()) {
            case TEXT, FLAG, SIZE, SCHEMAS, ANYTHING -> value;
            case TEXTS -> elements(value, CanonicalBundle::text);
            case TEXT_MAP -> members(value, CanonicalBundle::text);
            case OBJECT -> object(value, known.objects());
            case OBJECTS -> elements(value, item -> object(item, known.objects()));
            case OBJECT_MAP -> members(value, item -> object(item, known.objects()));
        };
    }

    private static JsonValue emptyValue(Shape.Member known) {
        return known.kind() == Shape.Kind.TEXT ? EMPTY : JsonNull.NULL;
    }

    private static boolean isEmpty(JsonValue value) {
        return (value instanceof JsonString text && text.value().isEmpty())
                || (value instanceof JsonBoolean flag && !flag.value())
                || (value instanceof JsonNumber number && number.toDouble() == 0)
                || (value instanceof JsonArray array && array.size() == 0)
                || (value instanceof JsonObject object && object.members().isEmpty());
    }

    private static JsonValue text(JsonValue value) {
        return value == JsonNull.NULL ? EMPTY : value;
    }

    private static JsonArray elements(JsonValue value, UnaryOperator<JsonValue> written) {
        return new JsonArray(
                ((JsonArray) value).elements().stream().map(written).toList());
    }

    private static JsonObject members(JsonValue value, UnaryOperator<JsonValue> written) {
        Map<String, JsonValue> result = new LinkedHashMap<>();
        ((JsonObject) value).members().forEach((name, member) -> result.put(name, written.apply(member)));
        return JsonObject.of(result);
    }
}
