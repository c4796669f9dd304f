/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * The scope of all calls of a session: stopped with it, and narrowing its width when a host has too much to do. The scope around
 * it is told too.
 */
final class SessionScope implements CallScope {
    private final Cancellation cancellation = new Cancellation();
    private final CallScope around;
    private final BiConsumer<String, Duration> slowDown;

    /**
     * A scope within another, which does not stop with that one by itself.
     *
     * @param slowDown takes the host and how long it is not to be asked
     */
    SessionScope(CallScope around, BiConsumer<String, Duration> slowDown) {
        this.around = around;
        this.slowDown = slowDown;
    }

    /**
     * This scope for the putting of manifests.
     *
     * @param slowDown takes what concerns their number alone
     */
    CallScope ofManifests(BiConsumer<String, Duration> slowDown) {
        SessionScope session = this;
        return new CallScope() {
            @Override
            public boolean cancelled() {
                return session.cancelled();
            }

            @Override
            public Registration onCancel(Runnable abort) {
                return session.onCancel(abort);
            }

            @Override
            public void slowDown(String host, Duration pause) {
                slowDown.accept(host, pause);
                around.slowDown(host, pause);
            }
        };
    }

    void cancel() {
        cancellation.cancel();
    }

    @Override
    public boolean cancelled() {
        return cancellation.cancelled();
    }

    @Override
    public Registration onCancel(Runnable abort) {
        return cancellation.onCancel(abort);
    }

    @Override
    public void slowDown(String host, Duration pause) {
        slowDown.accept(host, pause);
        around.slowDown(host, pause);
    }
}
