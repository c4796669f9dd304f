/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import io.github.cnab4j.error.Excerpt;
import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Builds the tree from Jackson's tokens. What is open is kept in a list, so depth costs no stack. */
final class TreeParser {
    // Depth and count are checked here, with this package's words. Names are not shared between documents: a table that
    // outlives a document is one that hostile documents can fill.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final CharBuffer text;
    private final JsonLimits limits;
    private final Deque<Container> open = new ArrayDeque<>();
    private int values;

    TreeParser(CharBuffer text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    JsonValue parse() {
        try (JsonParser parser =
                FACTORY.createParser(ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.length())) {
            JsonValue root = value(parser);
            if (parser.nextToken() != null) {
                throw JsonErrors.at(
                        parser.currentTokenLocation(), "data after the end", "Remove what follows the first value.");
            }
            return root;
        } catch (JacksonException refused) {
            throw JsonErrors.syntax(refused);
        }
    }

    private JsonValue value(JsonParser parser) {
        while (true) {
            JsonValue complete = step(parser, next(parser));
            if (complete != null) {
                Container parent = open.peek();
                if (parent == null) {
                    return complete;
                }
                parent.add(complete);
            }
        }
    }

    private static JsonToken next(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw JsonErrors.cutOff(parser.currentLocation());
        }
        return token;
    }

    /** Takes one token; a value is returned when its last token has been taken. */
    private @Nullable JsonValue step(JsonParser parser, JsonToken token) {
        switch (token) {
            case PROPERTY_NAME -> open.element().name(parser, wellFormed(parser, parser.currentName()));
            case START_OBJECT, START_ARRAY -> {
                count(parser);
                if (open.size() == limits.maxDepth()) {
                    throw JsonErrors.limit(
                            parser.currentTokenLocation(),
                            "more than " + limits.maxDepth() + " arrays and objects inside each other");
                }
                open.push(token == JsonToken.START_OBJECT ? new OpenObject() : new OpenArray());
            }
            case END_OBJECT, END_ARRAY -> {
                return open.pop().close();
            }
            default -> {
                count(parser);
                return scalar(parser, token);
            }
        }
        return null;
    }

    private static JsonValue scalar(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> new JsonString(wellFormed(parser, parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("unexpected token " + token);
        };
    }

    private static JsonNumber number(JsonParser parser) {
        JsonNumber number = new JsonNumber(parser.getString());
        if (Double.isInfinite(number.toDouble())) {
            throw JsonErrors.at(
                    parser.currentTokenLocation(),
                    "a number beyond the range of a double",
                    "Write it as a string: JSON readers disagree about such numbers.");
        }
        return number;
    }

    private void count(JsonParser parser) {
        if (++values > limits.maxValues()) {
            throw JsonErrors.limit(parser.currentTokenLocation(), "more than " + limits.maxValues() + " values");
        }
    }

    private static String wellFormed(JsonParser parser, String string) {
        if (Surrogates.firstLone(string) >= 0) {
            throw JsonErrors.loneSurrogate(parser.currentTokenLocation());
        }
        return string;
    }

    private interface Container {
        default void name(JsonParser parser, String name) {
            throw new IllegalStateException("a member name outside an object");
        }

        void add(JsonValue value);

        JsonValue close();
    }

    private static final class OpenArray implements Container {
        private final List<JsonValue> elements = new ArrayList<>();

        @Override
        public void add(JsonValue value) {
            elements.add(value);
        }

        @Override
        public JsonValue close() {
            return elements.isEmpty() ? JsonArray.empty() : new JsonArray(elements);
        }
    }

    private static final class OpenObject implements Container {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();
        private String name = "";

        @Override
        public void name(JsonParser parser, String next) {
            if (members.containsKey(next)) {
                throw JsonErrors.at(
                        parser.currentTokenLocation(),
                        "the member " + Excerpt.quoted(next) + " for the second time in one object",
                        "Remove one of the two: readers disagree which one counts.");
            }
            name = next;
        }

        @Override
        public void add(JsonValue value) {
            members.put(name, value);
        }

        @Override
        public JsonValue close() {
            return members.isEmpty() ? JsonObject.empty() : JsonObject.owning(members);
        }
    }
}
