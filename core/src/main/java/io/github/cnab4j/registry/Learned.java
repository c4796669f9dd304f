/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What was learnt about a registry, for half an hour: registries are reconfigured and updated. There is a limit to how much, beyond
 * which all is forgotten: to learn it again costs a request each. Safe for use by several threads.
 *
 * @param <K> what it was learnt about
 * @param <V> what was learnt
 */
final class Learned<K, V> {
    private static final long KEPT = TimeUnit.MINUTES.toNanos(30);

    private static final int MOST = 4096;

    private record Lesson<V>(V value, long until) {}

    private final Map<K, Lesson<V>> lessons = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    Learned(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void put(K subject, V value) {
        if (lessons.size() >= MOST) {
            lessons.clear();
        }
        lessons.put(subject, new Lesson<>(value, nanos.getAsLong() + KEPT));
    }

    Optional<V> get(K subject) {
        Lesson<V> lesson = lessons.get(subject);
        if (lesson == null) {
            return Optional.empty();
        }
        if (lesson.until() - nanos.getAsLong() <= 0) {
            lessons.remove(subject, lesson);
            return Optional.empty();
        }
        return Optional.of(lesson.value());
    }
}
