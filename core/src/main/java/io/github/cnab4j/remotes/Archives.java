/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.ArchiveStore;
import io.github.cnab4j.layout.ArchiveTarget;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.store.CallScope;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Archives that one operation reads, and those that it gathers content for. An archive that is read may take as much room on disk as it
 * has content, so it is let go with the operation. Safe for use by several threads.
 */
final class Archives implements AutoCloseable {
    private final CallScope scope;
    private final Map<Path, ArchiveStore> sources = new ConcurrentHashMap<>();
    private final Map<Path, ArchiveTarget> targets = new ConcurrentHashMap<>();

    /** @param scope stops archives from being opened and written */
    Archives(CallScope scope) {
        this.scope = scope;
    }

    ArchiveStore source(ArchiveLocation location) {
        return sources.computeIfAbsent(path(location), file -> ArchiveStore.open(scope, file));
    }

    /** The archive, whose every byte matters. */
    ArchiveStore whole(ArchiveLocation location) {
        return sources.computeIfAbsent(path(location), file -> ArchiveStore.openStrictly(scope, file));
    }

    ArchiveTarget target(ArchiveLocation location) {
        return targets.computeIfAbsent(path(location), ArchiveTarget::create);
    }

    /** Writes what was gathered, as layouts at the archives' roots; without compression, as other tools do. */
    void write() {
        targets.values().forEach(target -> target.write(scope, Compression.none()));
    }

    @Override
    public void close() {
        try {
            targets.values().forEach(ArchiveTarget::close);
        } finally {
            sources.values().forEach(ArchiveStore::close);
        }
    }

    private static Path path(ArchiveLocation location) {
        try {
            return Path.of(location.file()).toAbsolutePath().normalize();
        } catch (InvalidPathException invalid) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "the file of " + location + " cannot be one on this system: " + invalid.getReason());
        }
    }
}
