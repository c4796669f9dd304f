/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds requests until it is opened, and tells how many have come: delays without clocks. Thread-safe. */
public final class Gate {
    private final CountDownLatch open = new CountDownLatch(1);
    private final Semaphore arrivals = new Semaphore(0);

    /** Lets go everything that waits, and all that comes later. */
    public void open() {
        open.countDown();
    }

    /**
     * Waits until so many more requests have come.
     *
     * @return false when they have not come in time
     */
    public boolean awaitArrivals(int count, Duration patience) throws InterruptedException {
        return arrivals.tryAcquire(count, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until the gate is open. */
    void pass() throws InterruptedIOException {
        arrivals.release();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("held at a gate that was never opened");
        }
    }
}
