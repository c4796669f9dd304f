/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.CancelledException;
import java.time.Duration;

/**
 * The first argument of all I/O: lets a caller stop calls that are running, bounds how often they try again, and takes what the
 * store has to say about its host. Safe for use by several threads.
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

    /**
     * Told by a store whose host asks for fewer requests, or refuses connections. Whoever decides how many requests are in flight
     * implements this; by default nobody does. Called often while a host is busy, and without locks held.
     *
     * @param host {@link StoreId#host} of the store
     * @param pause how long the host is not to be asked; zero if it need not rest
     */
    default void slowDown(String host, Duration pause) {}

    /** What may be repeated in this scope. Outside an {@link #operation()} each call has a budget of its own. */
    default RetryBudget retryBudget() {
        return RetryBudget.standard();
    }

    /** A scope for one operation: all calls in it share one {@linkplain RetryBudget budget}. Itself if it is one. */
    default CallScope operation() {
        return new OperationScope(this, RetryBudget.standard());
    }

    /** A scope that nobody stops, for calls that are worth a single try and no wait. */
    static CallScope bestEffort() {
        return new OperationScope(unbounded(), RetryBudget.none());
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
