/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.RetryBudget;
import io.github.cnab4j.store.WaitClock;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The waits of an operation that goes on after something broke which no repeated request mends: a body that ended midway. As long
 * as those of {@link RetryingTransport}, and out of the same {@link RetryBudget}. Safe for use by several threads.
 */
public final class Backoff {
    private final HostGate gate;
    private final RetryPolicy policy;

    /**
     * Waits of one host.
     *
     * @param clock measures the waits
     * @param random numbers from 0 to 1, which spread the waits
     */
    public Backoff(WaitClock clock, DoubleSupplier random) {
        this.gate = new HostGate(clock);
        this.policy = RetryPolicy.standard(random);
    }

    /**
     * Takes one repeat from the scope's budget and waits.
     *
     * @param inVain how many times in a row nothing was gained, this one included; from 1
     * @return false if nothing is left of the budget; there is no wait then
     * @throws CancelledException if the scope is stopped meanwhile
     */
    public boolean again(CallScope scope, int inVain) {
        scope.throwIfCancelled();
        if (scope.retryBudget().take() == 0) {
            return false;
        }
        gate.rest(scope, policy.pause(inVain, Optional.empty()));
        return true;
    }
}
