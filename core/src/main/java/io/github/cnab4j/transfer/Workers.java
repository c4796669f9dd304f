/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a session: made when there is work for them, gone soon after. Safe for use by several threads. */
final class Workers implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final ExecutorService pool;

    Workers() {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "cnab4j-copy-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void start(Runnable work) {
        pool.execute(work);
    }

    /** Lets the threads go as soon as they are idle. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
