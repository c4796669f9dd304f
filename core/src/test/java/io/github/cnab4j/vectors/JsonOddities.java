/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** What is in a JSON text that the Go tool takes, or repairs, and the library refuses. */
enum JsonOddities {
    NOT_UTF8,
    NOT_AN_OBJECT,
    DUPLICATE_MEMBER,
    LONE_SURROGATE,
    NUMBER_BEYOND_DOUBLE;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** The oddities of a text; none if it is no JSON at all. */
    static Set<JsonOddities> of(byte[] text) {
        Set<JsonOddities> found = EnumSet.noneOf(JsonOddities.class);
        if (!Differences.Text.isUtf8(text)) {
            found.add(NOT_UTF8);
        }
        String repaired = new String(text, StandardCharsets.UTF_8);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), repaired)) {
            scan(parser, found);
        } catch (JacksonException notJson) {
            // Jackson has no other way to say that half a surrogate pair is written as an escape.
            return notJson.getMessage().contains("surrogate") ? EnumSet.of(LONE_SURROGATE) : Set.of();
        }
        return found;
    }

    private static void scan(JsonParser parser, Set<JsonOddities> found) {
        Deque<Set<String>> open = new ArrayDeque<>();
        JsonToken first = parser.nextToken();
        if (first != null && first != JsonToken.START_OBJECT) {
            found.add(NOT_AN_OBJECT);
        }
        for (JsonToken token = first; token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> open.push(new HashSet<>());
                case END_OBJECT, END_ARRAY -> open.pop();
                case PROPERTY_NAME -> {
                    if (!open.element().add(parser.currentName())) {
                        found.add(DUPLICATE_MEMBER);
                    }
                    checkText(parser.currentName(), found);
                }
                case VALUE_STRING -> checkText(parser.getString(), found);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    if (Double.isInfinite(Double.parseDouble(parser.getString()))) {
                        found.add(NUMBER_BEYOND_DOUBLE);
                    }
                }
                default -> {
                    // true, false and null are what they are
                }
            }
        }
    }

    private static void checkText(String text, Set<JsonOddities> found) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            found.add(LONE_SURROGATE);
        }
    }
}
