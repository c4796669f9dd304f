/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The caller's listener, kept from disturbing the copy. Used by the thread that waits for the session. */
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final Consumer<? super CopyEvent> consumer;
    private boolean detached;

    Listener(Consumer<? super CopyEvent> consumer) {
        this.consumer = consumer;
    }

    void tell(List<CopyEvent> events) {
        for (CopyEvent event : events) {
            if (detached) {
                return;
            }
            try {
                consumer.accept(event);
            } catch (RuntimeException broken) {
                detached = true;
                LOG.warn("a listener of a copy failed and is told nothing more", broken);
            }
        }
    }
}
