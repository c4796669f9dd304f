/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.docker.EngineStore;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.EngineLocation;
import io.github.cnab4j.store.ReadableStore;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Images of the local engine that one operation reads. What was saved takes room on disk, so it is let go with the operation. Safe for
 * use by several threads.
 */
final class EngineImages implements AutoCloseable {
    private final @Nullable DockerEngine engine;
    private final Map<String, EngineStore> stores = new ConcurrentHashMap<>();
    private final Queue<ReadableStore> kept = new ConcurrentLinkedQueue<>();

    EngineImages(@Nullable DockerEngine engine) {
        this.engine = engine;
    }

    ReadableStore source(EngineLocation location) {
        DockerEngine open = engine;
        if (open == null) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    location + " cannot be read: no engine was set up",
                    "Give the engine to RemotesBuilder.dockerEngine.");
        }
        return stores.computeIfAbsent(location.orLatest().image(), image -> new EngineStore(open, image));
    }

    /** Closes this store, too, when the operation ends. */
    void keep(ReadableStore store) {
        kept.add(store);
    }

    @Override
    public void close() {
        try {
            stores.values().forEach(EngineStore::close);
        } finally {
            kept.forEach(ReadableStore::close);
        }
    }
}
