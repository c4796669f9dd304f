/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which direction has bytes due next. Not safe for use by several threads. */
final class Timers {
    /** The system waits whole milliseconds: half of one too early is as good as half of one too late. */
    private static final long SLACK = TimeUnit.MICROSECONDS.toNanos(500);

    private final PriorityQueue<Entry> entries = new PriorityQueue<>((a, b) -> Long.signum(a.due() - b.due()));

    /** A direction of a connection and its time. */
    record Entry(Connection connection, Flow flow, long due) {}

    void note(Connection connection, Flow flow) {
        if (!flow.timed() && flow.due() != Flow.NEVER) {
            flow.timed(true);
            entries.add(new Entry(connection, flow, flow.due()));
        }
    }

    /** Takes out a direction whose time has come, or gives null. */
    @Nullable
    Entry poll(long now) {
        Entry next = entries.peek();
        if (next == null || next.due() - now > SLACK) {
            return null;
        }
        entries.remove();
        next.flow().timed(false);
        return next;
    }

    /** Milliseconds until the next time: 0 if it has come, -1 if there is none. */
    long millis(long now) {
        Entry next = entries.peek();
        if (next == null) {
            return -1;
        }
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(next.due() - now + SLACK));
    }

    /** The time at which what is due counts as such. */
    static long horizon(long now) {
        return now + SLACK;
    }
}
