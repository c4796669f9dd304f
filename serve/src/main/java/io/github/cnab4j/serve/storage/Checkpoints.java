/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets the large {@code index.json} files follow, each about once a second while it changes. Thread-safe. */
final class Checkpoints implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
    private static final long DELAY_MILLIS = 1_000;
    private static final long CLOSE_SECONDS = 30;

    private final Set<RepositoryIndex> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "index-writer");
        made.setDaemon(true);
        return made;
    });

    void schedule(RepositoryIndex repository) {
        if (waiting.add(repository)) {
            // A run says itself what goes wrong.
            Future<?> unused = thread.schedule(() -> run(repository), DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void run(RepositoryIndex repository) {
        waiting.remove(repository);
        try {
            repository.checkpoint();
        } catch (RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "index.json does not show the latest changes yet", failed);
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Set.copyOf(waiting).forEach(this::run);
    }
}
