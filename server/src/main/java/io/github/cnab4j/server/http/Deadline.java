/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.time.Duration;

/**
 * The moment by which a connection has to get on. It is watched from another thread, because a write that blocks has no
 * timeout of its own, and a read's timeout starts anew with each byte.
 */
final class Deadline {
    private static final long NONE = 0;

    private final long patienceNanos;
    private volatile long moment = NONE;

    Deadline(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /** From here on the patience runs; an odd number is never {@link #NONE}. */
    void start() {
        moment = (System.nanoTime() + patienceNanos) | 1;
    }

    /** What was waited for has come. */
    void clear() {
        moment = NONE;
    }

    boolean passed() {
        long end = moment;
        return end != NONE && System.nanoTime() - end > 0;
    }
}
