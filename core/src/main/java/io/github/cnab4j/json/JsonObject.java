/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object whose members keep the order in which they were read or put. Two objects are equal if they have the same members,
 * whatever their order.
 */
public final class JsonObject implements JsonValue {
    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, JsonValue> members;

    private JsonObject(Map<String, JsonValue> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** The object <code>{}</code>. */
    public static JsonObject empty() {
        return EMPTY;
    }

    /** An object with a copy of {@code members} in their iteration order. */
    public static JsonObject of(Map<String, ? extends JsonValue> members) {
        return members.isEmpty() ? EMPTY : new JsonObject(new LinkedHashMap<>(members));
    }

    /** An object on a map that nobody else holds. */
    static JsonObject owning(Map<String, JsonValue> members) {
        return new JsonObject(members);
    }

    /** An object of string members in the map's iteration order. */
    public static JsonObject ofStrings(Map<String, String> members) {
        Builder builder = builder();
        members.forEach(builder::put);
        return builder.build();
    }

    /** A builder without members. */
    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** A builder that starts with this object's members. */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(members));
    }

    /** The members, unmodifiable, in their order. */
    public Map<String, JsonValue> members() {
        return members;
    }

    /** The member's value, or null if there is no such member (a member {@code null} is {@link JsonNull#NULL}). */
    public @Nullable JsonValue get(String name) {
        return members.get(name);
    }

    /** Whether there is such a member, be it {@code null}. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The member's text if it is a string. */
    public Optional<String> string(String name) {
        return get(name) instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    /** The member if it is an object. */
    public Optional<JsonObject> object(String name) {
        return get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** The member if it is an array. */
    public Optional<JsonArray> array(String name) {
        return get(name) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /** This object with the member set: in its old place if it was there, else last. */
    public JsonObject with(String name, JsonValue value) {
        return toBuilder().put(name, value).build();
    }

    /** This object without the member. */
    public JsonObject without(String name) {
        return has(name) ? toBuilder().remove(name).build() : this;
    }

    @Override
    public String kind() {
        return "an object";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && Trees.equal(this, object);
    }

    @Override
    public int hashCode() {
        return Trees.hash(members.keySet(), members.values());
    }

    /** The JSON text, cut if it is long. */
    @Override
    public String toString() {
        return Trees.text(this);
    }

    /** Collects members. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<String, JsonValue> members;

        private Builder(Map<String, JsonValue> members) {
            this.members = members;
        }

        /** Sets a member: in its old place if it was there, else last. */
        public Builder put(String name, JsonValue value) {
            members.put(name, value);
            return this;
        }

        /** Sets a string member. */
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /** Sets an integer member. */
        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        /** Removes a member if it is there. */
        public Builder remove(String name) {
            members.remove(name);
            return this;
        }

        /** Whether the member has been put. */
        public boolean has(String name) {
            return members.containsKey(name);
        }

        /** The object; the builder may be used on. */
        public JsonObject build() {
            return JsonObject.of(members);
        }
    }
}
