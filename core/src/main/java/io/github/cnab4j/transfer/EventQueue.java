/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/** Events on their way from workers to the listener's thread. Guarded by the session's lock. */
final class EventQueue {
    private final Queue<Supplier<CopyEvent>> events = new ArrayDeque<>();

    void add(CopyEvent event) {
        events.add(() -> event);
    }

    /** Adds the progress of a node: the count is taken when the event is delivered, so that several steps become one event. */
    void addProgress(Node node) {
        events.add(() -> new CopyEvent.Progressed(node.id(), node.takeSent()));
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Takes all events, in their order. */
    List<CopyEvent> drain() {
        List<CopyEvent> drained = new ArrayList<>(events.size());
        events.forEach(event -> drained.add(event.get()));
        events.clear();
        return drained;
    }
}
