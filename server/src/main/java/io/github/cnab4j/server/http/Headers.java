/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The fields of one message in their order; names compare without regard to case. Immutable. */
public final class Headers implements Iterable<Headers.Field> {
    private static final Headers EMPTY = new Headers(List.of());

    private final List<Field> fields;

    private Headers(List<Field> fields) {
        this.fields = fields;
    }

    /** One field line. */
    public record Field(String name, String value) {}

    /** No fields. */
    public static Headers empty() {
        return EMPTY;
    }

    /** The given fields, in their order. */
    public static Headers of(List<Field> fields) {
        return fields.isEmpty() ? EMPTY : new Headers(List.copyOf(fields));
    }

    /** One field. */
    public static Headers of(String name, String value) {
        return new Headers(List.of(new Field(name, value)));
    }

    /** The value of the first field of this name. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** The values of all fields of this name, in their order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Whether there is a field of this name. */
    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /** These fields with all of that name replaced by one. */
    public Headers with(String name, String value) {
        return without(name).adding(name, value);
    }

    /** These fields and one more. */
    public Headers adding(String name, String value) {
        List<Field> longer = new ArrayList<>(fields.size() + 1);
        longer.addAll(fields);
        longer.add(new Field(name, value));
        return new Headers(List.copyOf(longer));
    }

    /** These fields but for those of that name. */
    public Headers without(String name) {
        if (!contains(name)) {
            return this;
        }
        return of(fields.stream()
                .filter(field -> !field.name().equalsIgnoreCase(name))
                .toList());
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return fields.stream().map(Field::name).toList().toString();
    }
}
