/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.time.Duration;

/** A scope with a budget of its own, in all else the scope around it. */
final class OperationScope implements CallScope {
    private final CallScope around;
    private final RetryBudget budget;

    OperationScope(CallScope around, RetryBudget budget) {
        this.around = around;
        this.budget = budget;
    }

    @Override
    public boolean cancelled() {
        return around.cancelled();
    }

    @Override
    public Registration onCancel(Runnable abort) {
        return around.onCancel(abort);
    }

    @Override
    public void slowDown(String host, Duration pause) {
        around.slowDown(host, pause);
    }

    @Override
    public RetryBudget retryBudget() {
        return budget;
    }

    @Override
    public CallScope operation() {
        return this;
    }
}
