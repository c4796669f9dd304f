/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks a tree and writes it in a dialect. What is open is kept in a list, so depth costs no stack. */
final class JsonWriter {
    /** What differs between the forms of JSON that decide digests. */
    interface Dialect {
        /** The members of an object in the order in which they are written. */
        Iterator<Map.Entry<String, JsonValue>> members(JsonObject object);

        /** Writes a string with its quotes. */
        void string(String value, StringBuilder out);

        /** Writes a number. */
        void number(JsonNumber number, StringBuilder out);
    }

    private final Dialect dialect;
    private final @Nullable String indent;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Level> open = new ArrayDeque<>();

    /** A writer for one value; without an indent everything is in one line without blanks. */
    JsonWriter(Dialect dialect, @Nullable String indent) {
        this.dialect = dialect;
        this.indent = indent;
    }

    byte[] write(JsonValue root) {
        begin(root);
        while (!open.isEmpty()) {
            Level level = open.element();
            if (level.hasNext()) {
                separate(level);
                begin(level.next(this));
            } else {
                open.pop();
                if (level.count > 0) {
                    breakLine();
                }
                out.append(level.close);
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void separate(Level level) {
        if (level.count++ > 0) {
            out.append(',');
        }
        breakLine();
    }

    private void begin(JsonValue value) {
        if (value instanceof JsonObject object) {
            out.append('{');
            open.push(new ObjectLevel(dialect.members(object)));
        } else if (value instanceof JsonArray array) {
            out.append('[');
            open.push(new ArrayLevel(array.iterator()));
        } else if (value instanceof JsonString string) {
            dialect.string(string.value(), out);
        } else if (value instanceof JsonNumber number) {
            dialect.number(number, out);
        } else if (value instanceof JsonBoolean bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private void breakLine() {
        if (indent != null) {
            out.append('\n').append(indent.repeat(open.size()));
        }
    }

    private abstract static class Level {
        final char close;
        int count;

        Level(char close) {
            this.close = close;
        }

        abstract boolean hasNext();

        abstract JsonValue next(JsonWriter writer);
    }

    private static final class ArrayLevel extends Level {
        private final Iterator<JsonValue> elements;

        ArrayLevel(Iterator<JsonValue> elements) {
            super(']');
            this.elements = elements;
        }

        @Override
        boolean hasNext() {
            return elements.hasNext();
        }

        @Override
        JsonValue next(JsonWriter writer) {
            return elements.next();
        }
    }

    private static final class ObjectLevel extends Level {
        private final Iterator<Map.Entry<String, JsonValue>> members;

        ObjectLevel(Iterator<Map.Entry<String, JsonValue>> members) {
            super('}');
            this.members = members;
        }

        @Override
        boolean hasNext() {
            return members.hasNext();
        }

        @Override
        JsonValue next(JsonWriter writer) {
            Map.Entry<String, JsonValue> member = members.next();
            writer.dialect.string(member.getKey(), writer.out);
            writer.out.append(writer.indent == null ? ":" : ": ");
            return member.getValue();
        }
    }
}
