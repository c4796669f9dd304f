/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Breaks off an exchange that makes no progress. The limits of a socket do not see a peer that stops reading, since writing has none,
 * nor one that sends the head of its answer byte by byte. Looks once in a period; what has not moved for a whole one is broken off.
 * The JDK's thread for timeouts does the looking, and breaks off without waiting for anything.
 */
final class StallWatch implements AutoCloseable {
    private final Duration period;
    private final LongSupplier progress;
    private final Runnable abort;
    private CompletableFuture<Void> round = new CompletableFuture<>();
    private boolean closed;
    private boolean stalled;

    private StallWatch(Duration period, LongSupplier progress, Runnable abort) {
        this.period = period;
        this.progress = progress;
        this.abort = abort;
    }

    /**
     * Begins to look.
     *
     * @param progress grows while something moves
     * @param abort breaks off; runs on another thread, at most once
     */
    static StallWatch start(Duration period, LongSupplier progress, Runnable abort) {
        StallWatch watch = new StallWatch(period, progress, abort);
        watch.nextRound(progress.getAsLong());
        return watch;
    }

    /** Whether it has broken off. */
    synchronized boolean stalled() {
        return stalled;
    }

    @Override
    public void close() {
        CompletableFuture<Void> last;
        synchronized (this) {
            closed = true;
            last = round;
        }
        last.complete(null);
    }

    private synchronized void nextRound(long seen) {
        round = new CompletableFuture<>();
        CompletableFuture<Void> unused = round.orTimeout(period.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((nothing, late) -> {
                    if (late instanceof TimeoutException) {
                        look(seen);
                    }
                });
    }

    private void look(long seen) {
        long now = progress.getAsLong();
        synchronized (this) {
            if (closed) {
                return;
            }
            if (now > seen) {
                nextRound(now);
                return;
            }
            stalled = true;
        }
        abort.run();
    }
}
