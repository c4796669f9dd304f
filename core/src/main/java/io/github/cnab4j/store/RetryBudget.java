/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often one operation may do something again: sending a request, going on with a body, starting an upload anew. All layers
 * draw on the same budget, so that the tries of one are not multiplied by those of another. Safe for use by several threads.
 *
 * @see CallScope#operation()
 */
public final class RetryBudget {
    private static final int STANDARD = 8;

    private final int repeats;
    private final AtomicInteger spent = new AtomicInteger();

    private RetryBudget(int repeats) {
        this.repeats = repeats;
    }

    /** What an operation has: 8 repeats. */
    public static RetryBudget standard() {
        return new RetryBudget(STANDARD);
    }

    /** No repeats, and no waiting for a host that is not to be asked at the moment. */
    public static RetryBudget none() {
        return new RetryBudget(0);
    }

    /** Whether nothing may be repeated at all. */
    public boolean isNone() {
        return repeats == 0;
    }

    /**
     * Takes one repeat.
     *
     * @return which it is, from 1; 0 if none is left
     */
    public int take() {
        int number = spent.incrementAndGet();
        if (number > repeats) {
            spent.decrementAndGet();
            return 0;
        }
        return number;
    }
}
