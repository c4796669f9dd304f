/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are ready, taken in {@link Task#ORDER} as far as their hosts have room: a busy host does not hold up work for
 * another. A task that needs two hosts and finds room at one is not passed over for ever by those that need one: a place is kept
 * for it. Taking costs the logarithm of the number of tasks times the number of combinations of hosts. Guarded by the session's
 * lock.
 */
final class ReadyQueue {
    /** Tasks that {@link Lanes} treats alike: if the first cannot start, none can. */
    private record Group(Set<String> hosts, Task.Rank rank, boolean large) {
        // By hand: ADR 0009.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Group group
                    && hosts.equals(group.hosts)
                    && rank == group.rank
                    && large == group.large;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * hosts.hashCode() + rank.hashCode()) + Boolean.hashCode(large);
        }
    }

    private final Lanes lanes;
    private final Map<Group, PriorityQueue<Task>> ready = new HashMap<>();
    private int size;

    ReadyQueue(Lanes lanes) {
        this.lanes = lanes;
    }

    void add(Task task) {
        ready.computeIfAbsent(
                        new Group(task.hosts(), task.rank(), task.large()), key -> new PriorityQueue<>(Task.ORDER))
                .add(task);
        size++;
    }

    /** Takes the next task that is allowed and has room; it then counts as in flight until {@link Lanes#end}. */
    @Nullable
    Task take(Predicate<Task> allowed) {
        if (size == 0) {
            return null;
        }
        Set<String> kept = new HashSet<>();
        for (PriorityQueue<Task> queue : byHead()) {
            Task head = queue.element();
            if (!allowed.test(head)) {
                continue;
            }
            if (lanes.admits(head, kept)) {
                size--;
                lanes.start(queue.remove());
                return head;
            }
            if (lanes.waitsForRoom(head)) {
                kept.addAll(head.hosts());
            }
        }
        return null;
    }

    private List<PriorityQueue<Task>> byHead() {
        List<PriorityQueue<Task>> queues = new ArrayList<>(ready.size());
        for (PriorityQueue<Task> queue : ready.values()) {
            if (!queue.isEmpty()) {
                queues.add(queue);
            }
        }
        queues.sort((one, other) -> Task.ORDER.compare(one.element(), other.element()));
        return queues;
    }

    /** Whether a task is left that is allowed, with or without room. */
    boolean hasAny(Predicate<Task> allowed) {
        for (PriorityQueue<Task> queue : ready.values()) {
            Task head = queue.peek();
            if (head != null && allowed.test(head)) {
                return true;
            }
        }
        return false;
    }
}
