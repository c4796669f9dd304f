/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Definitions that come out of the Go tool as they went in. It reads a definition into a type of its own, so what that type lacks
 * is dropped, what is empty is dropped, and what its JSON schema library does not like is refused.
 */
final class PlainSchema {
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "integer", "string");

    // What RE2 and Java read alike; RE2 has no groups with a question mark, no back references, no possessive
    // quantifiers.
    private static final Pattern RE2 = Pattern.compile("(?:\\\\[dDwWsSbBntrfv\\p{Punct}]|[^\\\\])*");
    private static final Pattern BEYOND_RE2 = Pattern.compile("\\(\\?|[*+?}]\\+|[0-9]{4}");

    private static final Map<String, Predicate<JsonValue>> KEYWORDS = keywords();

    private PlainSchema() {}

    /** Whether all definitions of a bundle are plain. */
    static boolean definitionsOf(JsonObject bundle) {
        JsonValue definitions = bundle.get("definitions");
        return definitions == null || definitions == JsonNull.NULL || isEmpty(definitions) || isMapOfPlain(definitions);
    }

    private static Map<String, Predicate<JsonValue>> keywords() {
        Predicate<JsonValue> plain = PlainSchema::isPlain;
        Predicate<JsonValue> text =
                value -> value instanceof JsonString string && !string.value().isEmpty();
        Predicate<JsonValue> number = JsonNumber.class::isInstance;
        Predicate<JsonValue> count =
                value -> value instanceof JsonNumber n && n.text().matches("[0-9]{1,9}");
        Predicate<JsonValue> flag = JsonBoolean.class::isInstance;
        Predicate<JsonValue> list = value -> value instanceof JsonArray array && array.size() > 0;
        Predicate<JsonValue> given = value -> value != JsonNull.NULL;
        return Stream.of(
                        all(text, "$schema $comment contentEncoding contentMediaType description format title"),
                        all(text.and(PlainSchema::isPointer), "$ref"),
                        all(number, "maximum minimum exclusiveMaximum exclusiveMinimum multipleOf"),
                        all(count, "maxLength minLength minItems minProperties"),
                        all(flag, "readOnly writeOnly uniqueItems"),
                        all(given, "default const"),
                        all(list, "enum examples"),
                        all(list.and(PlainSchema::isTexts), "required"),
                        all(PlainSchema::isType, "type"),
                        all(text.and(PlainSchema::isRe2), "pattern"),
                        all(flag.or(plain), "additionalItems additionalProperties"),
                        all(plain.or(list.and(PlainSchema::isListOfPlain)), "items"),
                        all(plain, "if then else not contains propertyNames"),
                        all(list.and(PlainSchema::isListOfPlain), "allOf"),
                        all(PlainSchema::isMapOfPlain, "properties definitions"))
                .flatMap(keywords -> keywords.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Predicate<JsonValue>> all(Predicate<JsonValue> plain, String keywords) {
        return Stream.of(keywords.split(" ")).collect(Collectors.toMap(keyword -> keyword, keyword -> plain));
    }

    private static boolean isPlain(JsonValue value) {
        return value instanceof JsonObject schema
                && schema.members().entrySet().stream()
                        .allMatch(member -> KEYWORDS.getOrDefault(member.getKey(), unknown -> false)
                                .test(member.getValue()));
    }

    private static boolean isListOfPlain(JsonValue value) {
        return value instanceof JsonArray list && list.elements().stream().allMatch(PlainSchema::isPlain);
    }

    private static boolean isMapOfPlain(JsonValue value) {
        return value instanceof JsonObject map
                && !map.members().isEmpty()
                && map.members().values().stream().allMatch(PlainSchema::isPlain);
    }

    private static boolean isPointer(JsonValue value) {
        return ((JsonString) value).value().matches("#(/[A-Za-z0-9_-]+)+");
    }

    private static boolean isTexts(JsonValue value) {
        return value instanceof JsonArray list && list.elements().stream().allMatch(JsonString.class::isInstance);
    }

    private static boolean isType(JsonValue value) {
        if (value instanceof JsonArray list) {
            return list.size() > 0 && list.elements().stream().allMatch(PlainSchema::isTypeName);
        }
        return isTypeName(value);
    }

    private static boolean isTypeName(JsonValue value) {
        return value instanceof JsonString name && TYPES.contains(name.value());
    }

    private static boolean isRe2(JsonValue value) {
        String pattern = ((JsonString) value).value();
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException bad) {
            return false;
        }
        return RE2.matcher(pattern).matches() && !BEYOND_RE2.matcher(pattern).find();
    }

    private static boolean isEmpty(JsonValue value) {
        return value instanceof JsonObject map && map.members().isEmpty();
    }
}
