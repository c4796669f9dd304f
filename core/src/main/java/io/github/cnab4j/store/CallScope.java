/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.CancelledException;

/**
 * The first argument of all I/O: lets a caller stop calls that are running. Safe for use by several threads.
 *
 * @see Cancellation
 */
public interface CallScope {
    /** Whether the work was stopped. */
    boolean cancelled();

    /**
     * Has {@code abort} run when the work is stopped, at once if it was stopped already. A blocked socket does not see an
     * interrupt: the transport registers here what closes it.
     */
    Registration onCancel(Runnable abort);

    /**
     * Fails if the work was stopped.
     *
     * @throws CancelledException if so
     */
    default void throwIfCancelled() {
        if (cancelled()) {
            throw new CancelledException("stopped by the caller");
        }
    }

    /** A scope that nobody stops. */
    static CallScope unbounded() {
        return new Cancellation();
    }

    /** Takes an abort action out again; closing twice does nothing. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
