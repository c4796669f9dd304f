/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.util.concurrent.locks.Condition;

/** The clock of the machine. */
enum SystemClock implements WaitClock {
    INSTANCE;

    @Override
    public long getAsLong() {
        return System.nanoTime();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public void await(Condition condition, long nanos) throws InterruptedException {
        // What is left of the time is asked of the clock again.
        long ignored = condition.awaitNanos(nanos);
    }
}
