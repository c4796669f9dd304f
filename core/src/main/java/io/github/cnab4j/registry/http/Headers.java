/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Header fields in their order, names in any case. Immutable; the text form shows names only, since values may be secret. */
public final class Headers {
    /** One field. */
    private record Field(String name, String value) {}

    private static final Headers NONE = new Headers(List.of());

    private final List<Field> fields;

    private Headers(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** No fields. */
    public static Headers none() {
        return NONE;
    }

    /** One field. */
    public static Headers of(String name, String value) {
        return NONE.with(name, value);
    }

    /** These fields and one more at the end. */
    public Headers with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Headers(more);
    }

    /** These fields without any of that name. */
    public Headers without(String name) {
        return new Headers(fields.stream()
                .filter(field -> !field.name.equalsIgnoreCase(name))
                .toList());
    }

    /** The value of the first field of that name. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                return Optional.of(field.value);
            }
        }
        return Optional.empty();
    }

    /** The values of all fields of that name. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                values.add(field.value);
            }
        }
        return List.copyOf(values);
    }

    /** The first field of that name as a number that is not negative; empty if it is none. */
    public OptionalLong number(String name) {
        return numberOf(first(name).orElse(""));
    }

    /** A text as a number that is not negative; empty if it is none. */
    static OptionalLong numberOf(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 18) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::name).collect(Collectors.joining(", ", "[", "]"));
    }

    void forEach(FieldConsumer consumer) {
        fields.forEach(field -> consumer.accept(field.name, field.value));
    }

    /** Collects many fields. */
    static final class Builder {
        private final List<Field> fields = new ArrayList<>();

        Builder add(String name, String value) {
            fields.add(new Field(name, value));
            return this;
        }

        Headers build() {
            return new Headers(fields);
        }
    }

    /** Takes one field. */
    @FunctionalInterface
    interface FieldConsumer {
        void accept(String name, String value);
    }
}
