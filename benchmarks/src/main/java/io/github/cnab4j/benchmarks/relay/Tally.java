/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts requests by method and kind, such as {@code GET blob}. Not safe for use by several threads. */
final class Tally {
    /** The name under which connections are counted. */
    static final String CONNECTIONS = "connections";
    /** The name under which connections are counted that speak something else, such as TLS. */
    static final String LOST = "other than HTTP";

    private final SortedMap<String, Long> counts = new TreeMap<>();

    void add(String method, RequestKind kind) {
        increase(method + " " + kind.label());
    }

    void connected() {
        increase(CONNECTIONS);
    }

    void lost() {
        increase(LOST);
    }

    private void increase(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    void clear() {
        counts.clear();
    }

    /** All counts as {@code name=number}, separated by semicolons. */
    String text() {
        StringBuilder text = new StringBuilder();
        counts.forEach((name, count) ->
                text.append(text.isEmpty() ? "" : ";").append(name).append('=').append(count));
        return text.toString();
    }
}
