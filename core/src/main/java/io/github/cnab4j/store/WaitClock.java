/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;

/**
 * Monotonic time in nanoseconds, and waits that are measured by it. Injected wherever something waits, so that no test has to.
 * Safe for use by several threads.
 */
public interface WaitClock extends LongSupplier {
    /**
     * Waits until the condition is signalled or some time has passed; may return earlier, as conditions do.
     *
     * @param condition one whose lock the caller holds
     * @param nanos how long at most
     * @throws InterruptedException if the thread is interrupted
     */
    void await(Condition condition, long nanos) throws InterruptedException;

    /** The clock of the machine. */
    static WaitClock system() {
        return SystemClock.INSTANCE;
    }
}
