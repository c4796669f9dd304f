/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.result;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * HTTP requests that a contestant sent, by method and kind such as {@code GET blob}.
 *
 * @param source those to the registry that has the images
 * @param target those to the other one; none if it is the same
 */
public record Requests(SortedMap<String, Long> source, SortedMap<String, Long> target) {
    /** Nothing was counted. */
    public static final Requests NONE = new Requests(new TreeMap<>(), new TreeMap<>());

    /** Whether requests were counted at all. */
    public boolean counted() {
        return !source.isEmpty() || !target.isEmpty();
    }

    /** All requests. */
    public long total() {
        return count(name -> true);
    }

    /** Requests of some names, to both registries. */
    public long count(Predicate<String> names) {
        return sum(source, names) + sum(target, names);
    }

    private static long sum(Map<String, Long> counts, Predicate<String> names) {
        // The relay counts connections beside the requests; these have a method in capitals.
        return counts.entrySet().stream()
                .filter(entry -> Character.isUpperCase(entry.getKey().charAt(0)) && names.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
