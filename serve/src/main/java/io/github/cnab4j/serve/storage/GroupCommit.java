/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets changes that come while another is being written wait and be written together: the first one who gets the turn writes for
 * all who wait.
 *
 * @param <T> a change, which carries its result
 */
final class GroupCommit<T> {
    private final Writer<T> writer;
    private final ReentrantLock turn = new ReentrantLock();
    private final Object queueLock = new Object();
    private List<Ticket<T>> queue = new ArrayList<>();

    GroupCommit(Writer<T> writer) {
        this.writer = writer;
    }

    /** Writes changes in their order, all or none of them. */
    interface Writer<T> {
        void write(List<T> changes) throws IOException;
    }

    private static final class Ticket<T> {
        private final T change;
        private boolean done;
        private @Nullable IOException failure;
        private @Nullable RuntimeException defect;

        Ticket(T change) {
            this.change = change;
        }
    }

    /** Returns when the change has been written, alone or with others. */
    void submit(T change) throws IOException {
        Ticket<T> ticket = new Ticket<>(change);
        synchronized (queueLock) {
            queue.add(ticket);
        }
        turn.lock();
        try {
            if (!ticket.done) {
                writeAll(take());
            }
        } finally {
            turn.unlock();
        }
        if (ticket.failure != null) {
            throw new IOException(ticket.failure.getMessage(), ticket.failure);
        }
        if (ticket.defect != null) {
            throw ticket.defect;
        }
    }

    private List<Ticket<T>> take() {
        synchronized (queueLock) {
            List<Ticket<T>> taken = queue;
            queue = new ArrayList<>();
            return taken;
        }
    }

    private void writeAll(List<Ticket<T>> tickets) {
        @Nullable IOException failure = null;
        @Nullable RuntimeException defect = null;
        try {
            writer.write(tickets.stream().map(ticket -> ticket.change).toList());
        } catch (IOException failed) {
            failure = failed;
        } catch (RuntimeException failed) {
            defect = failed;
        }
        for (Ticket<T> ticket : tickets) {
            ticket.failure = failure;
            ticket.defect = defect;
            ticket.done = true;
        }
    }
}
