/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as a proxy saw it.
 *
 * @param method {@code CONNECT} for a tunnel, else that of the request
 * @param target {@code host:port} of a tunnel, else the URL
 * @param fields its header fields, {@code Name: value}
 */
public record ProxiedRequest(String method, String target, List<String> fields) {
    /** Copies the list. */
    public ProxiedRequest {
        fields = List.copyOf(fields);
    }

    /** The value of a field. */
    public Optional<String> field(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return fields.stream()
                .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
                .map(field -> field.substring(start.length()).strip())
                .findFirst();
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
