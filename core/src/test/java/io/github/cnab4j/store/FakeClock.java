/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** Time that passes only when somebody waits, and then at once. */
public final class FakeClock implements WaitClock {
    private final List<Duration> waits = new ArrayList<>();
    private long now = -5; // any number may be the time

    /** Lets time pass. */
    public synchronized void advance(Duration time) {
        now += time.toNanos();
    }

    /** How long was waited, one by one. */
    public synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }

    @Override
    public synchronized long getAsLong() {
        return now;
    }

    @Override
    public synchronized void await(Condition condition, long nanos) {
        waits.add(Duration.ofNanos(nanos));
        now += nanos;
    }
}
