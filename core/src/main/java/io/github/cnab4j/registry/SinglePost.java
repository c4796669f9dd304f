/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whether a registry takes a whole blob with the request that would open its upload. The specification leaves that to registries;
 * those that do not answer as if the request had no body. One blob finds out, the others go the usual way meanwhile. Safe for use
 * by several threads.
 */
final class SinglePost {
    /** One broken connection is chance, another one may be what the registry thinks of the request. */
    private static final int TELLING = 2;

    private static final Set<Integer> BUSY = Set.of(429, 503);

    private final Learned<String, Boolean> lesson;
    private final String host;
    private final AtomicBoolean trying = new AtomicBoolean();
    private final AtomicInteger broken = new AtomicInteger();

    SinglePost(String host, LongSupplier nanos) {
        this.host = host;
        this.lesson = new Learned<>(nanos);
    }

    /** Whether to send a blob so: the registry takes it, or this is the blob that finds out. To be followed by {@link #end}. */
    boolean claim() {
        return lesson.get(host).orElseGet(() -> trying.compareAndSet(false, true));
    }

    /** A blob that was sent so had an answer. */
    void learn(boolean takesIt) {
        lesson.put(host, takesIt);
    }

    /**
     * A blob that was to be sent so was not taken.
     *
     * @param sourceFailed whether the registry had nothing to do with it
     */
    void learn(StoreException failure, boolean sourceFailed) {
        boolean silent = failure instanceof TransportException;
        boolean saysNothing = sourceFailed || isBusy(failure) || (silent && broken.incrementAndGet() < TELLING);
        if (!saysNothing) {
            learn(false);
        }
    }

    /** Ends what was claimed; if nothing was learnt from it, another blob may find out. */
    void end() {
        trying.set(false);
    }

    /** Whether a registry had no time for a request, whatever its form. */
    static boolean isBusy(StoreException refused) {
        return refused instanceof RejectedException rejected && BUSY.contains(rejected.status());
    }
}
