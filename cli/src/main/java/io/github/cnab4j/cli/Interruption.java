/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the work when the process gets SIGINT or SIGTERM, and gives it time to put things in order: uploads are cancelled at
 * the registry, staged files are removed. The virtual machine then ends with 128 + the signal's number.
 */
final class Interruption {
    private static final long SECONDS_TO_TIDY = 5;

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption() {}

    static Interruption onSignal() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "interruption"));
        return interruption;
    }

    CallScope cancellation() {
        return cancellation;
    }

    /** From here on the end of the process is no interruption. */
    void workHasEnded() {
        ended.countDown();
    }

    private void stop() {
        if (ended.getCount() == 0) {
            return;
        }
        cancellation.cancel();
        try {
            boolean tidy = ended.await(SECONDS_TO_TIDY, TimeUnit.SECONDS);
            assert tidy || cancellation.cancelled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
