/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A scope with the switch that stops it. Safe for use by several threads. */
public final class Cancellation implements CallScope {
    private final Object lock = new Object();
    private final Set<Abort> aborts = new LinkedHashSet<>();
    private boolean cancelled;

    /** Stops the work: runs the registered abort actions, each once, on the calling thread. */
    public void cancel() {
        List<Abort> due;
        synchronized (lock) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(aborts);
            aborts.clear();
        }
        due.forEach(abort -> abort.action.run());
    }

    @Override
    public boolean cancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    @Override
    public Registration onCancel(Runnable action) {
        Abort abort = new Abort(action);
        synchronized (lock) {
            if (!cancelled) {
                aborts.add(abort);
                return () -> remove(abort);
            }
        }
        action.run();
        return () -> {};
    }

    private void remove(Abort abort) {
        synchronized (lock) {
            aborts.remove(abort);
        }
    }

    /** Compared by identity: one action may be registered twice. */
    private static final class Abort {
        private final Runnable action;

        Abort(Runnable action) {
            this.action = action;
        }
    }
}
