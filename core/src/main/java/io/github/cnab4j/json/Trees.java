/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Equality, hash and text of trees. None of them follows the depth of a tree on the stack: a document of the greatest depth that a
 * reader takes would overflow it.
 */
final class Trees {
    private static final int LONGEST_TEXT = 2_000;

    private Trees() {}

    /** Whether two trees hold the same; members are compared whatever their order. */
    @SuppressWarnings("ReferenceEquality") // A short cut: changed trees share most of their parts.
    static boolean equal(JsonValue one, JsonValue other) {
        Deque<JsonValue> pending = new ArrayDeque<>();
        pending.push(one);
        pending.push(other);
        while (!pending.isEmpty()) {
            JsonValue b = pending.pop();
            JsonValue a = pending.pop();
            if (a != b && !equalHere(a, b, pending)) {
                return false;
            }
        }
        return true;
    }

    /** Compares two values without what they contain, which is left to be compared. */
    private static boolean equalHere(JsonValue a, JsonValue b, Deque<JsonValue> pending) {
        if (a instanceof JsonObject left && b instanceof JsonObject right) {
            return equalMembers(left, right, pending);
        }
        if (a instanceof JsonArray left && b instanceof JsonArray right) {
            return equalElements(left, right, pending);
        }
        boolean scalars = !(a instanceof JsonObject) && !(a instanceof JsonArray);
        return scalars && a.equals(b);
    }

    private static boolean equalMembers(JsonObject a, JsonObject b, Deque<JsonValue> pending) {
        if (a.members().size() != b.members().size()) {
            return false;
        }
        for (Map.Entry<String, JsonValue> member : a.members().entrySet()) {
            @Nullable JsonValue counterpart = b.get(member.getKey());
            if (counterpart == null) {
                return false;
            }
            pending.push(member.getValue());
            pending.push(counterpart);
        }
        return true;
    }

    private static boolean equalElements(JsonArray a, JsonArray b, Deque<JsonValue> pending) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<JsonValue> counterparts = b.iterator();
        for (JsonValue element : a) {
            pending.push(element);
            pending.push(counterparts.next());
        }
        return true;
    }

    /** A hash of what is on the first level; equal trees have equal hashes. */
    static int hash(Collection<String> names, Collection<JsonValue> values) {
        int hash = 31 * names.hashCode() + values.size();
        for (JsonValue value : values) {
            // A sum, since members are equal in any order.
            hash += value instanceof JsonObject || value instanceof JsonArray ? 1 : value.hashCode();
        }
        return hash;
    }

    /** The JSON text, cut if it is long. */
    static String text(JsonValue value) {
        String text = new String(GoJson.write(value), StandardCharsets.UTF_8);
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
