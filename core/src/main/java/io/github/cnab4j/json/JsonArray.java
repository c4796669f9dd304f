/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;

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
}
