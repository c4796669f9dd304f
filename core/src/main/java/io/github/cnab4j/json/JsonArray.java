/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array. */
public record JsonArray(List<JsonValue> elements) implements JsonValue, Iterable<JsonValue> {
    private static final JsonArray EMPTY = new JsonArray(List.of());

    /** Copies the list. */
    public JsonArray {
        elements = List.copyOf(elements);
    }

    /** The array {@code []}. */
    public static JsonArray empty() {
        return EMPTY;
    }

    /** An array of strings in the collection's order. */
    public static JsonArray ofStrings(Collection<String> values) {
        return new JsonArray(values.stream().<JsonValue>map(JsonString::new).toList());
    }

    /** Number of elements. */
    public int size() {
        return elements.size();
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return elements.iterator();
    }

    @Override
    public String kind() {
        return "an array";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray array && Trees.equal(this, array);
    }

    @Override
    public int hashCode() {
        return Trees.hash(List.of(), elements);
    }

    /** The JSON text, cut if it is long. */
    @Override
    public String toString() {
        return Trees.text(this);
    }
}
