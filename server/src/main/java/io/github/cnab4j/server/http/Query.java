/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decoded parameters of a request's query in their order. Immutable. */
public final class Query {
    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** One parameter; one without {@code =} has an empty value. */
    public record Parameter(String name, String value) {}

    /** Splits the part of a request target after its first {@code ?}; a malformed escape is taken literally. */
    public static Query parse(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : raw.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters.add(new Parameter(decode(name), decode(value)));
            }
        }
        return new Query(List.copyOf(parameters));
    }

    private static String decode(String text) {
        return PercentCoding.decode(text.replace('+', ' ')).orElse(text);
    }

    /** The first value of this name. */
    public Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** All values of this name in their order. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }
}
