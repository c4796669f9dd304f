/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Whether a registry takes a whole blob with the request that would open its upload. The specification leaves that to registries;
 * those that do not answer as if the request had no body. One blob finds out, the others go the usual way meanwhile. Safe for use
 * by several threads.
 */
final class SinglePost {
    private final Learned<String, Boolean> lesson;
    private final String host;
    private final AtomicBoolean trying = new AtomicBoolean();

    SinglePost(String host, LongSupplier nanos) {
        this.host = host;
        this.lesson = new Learned<>(nanos);
    }

    /** Whether to send a blob so: the registry takes it, or this is the blob that finds out, which has to be followed by a lesson. */
    boolean claim() {
        return lesson.get(host).orElseGet(() -> trying.compareAndSet(false, true));
    }

    /** Ends a try. */
    void learn(boolean takesIt) {
        lesson.put(host, takesIt);
        trying.set(false);
    }
}
