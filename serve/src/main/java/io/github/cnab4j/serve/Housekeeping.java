/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.serve.storage.GcOptions;
import io.github.cnab4j.serve.storage.GcReport;
import io.github.cnab4j.serve.storage.LayoutRegistry;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Once at the start and then every hour: ends uploads that have expired, and collects garbage if that is wanted. */
final class Housekeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final long PERIOD_MINUTES = 60;

    private final LayoutRegistry registry;
    private final @Nullable GcOptions gc;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "housekeeping");
        made.setDaemon(true);
        return made;
    });

    private Housekeeping(LayoutRegistry registry, @Nullable GcOptions gc) {
        this.registry = registry;
        this.gc = gc;
    }

    static Housekeeping start(LayoutRegistry registry, @Nullable GcOptions gc) {
        Housekeeping started = new Housekeeping(registry, gc);
        // A run says itself what goes wrong.
        Future<?> unused = started.thread.scheduleWithFixedDelay(started::run, 0, PERIOD_MINUTES, TimeUnit.MINUTES);
        return started;
    }

    private void run() {
        try {
            if (gc == null) {
                registry.expireUploads();
                return;
            }
            GcReport report = registry.collectGarbage(gc);
            report.failures()
                    .forEach(failure -> LOG.log(System.Logger.Level.WARNING, "no garbage collected: {0}", failure));
            LOG.log(
                    System.Logger.Level.INFO,
                    "garbage collected: {0} blobs, {1} bytes, {2} uploads",
                    report.blobs(),
                    report.bytes(),
                    report.uploads());
        } catch (IOException | CnabException failed) {
            LOG.log(System.Logger.Level.WARNING, "housekeeping failed: {0}", failed.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
