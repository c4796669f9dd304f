/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.layout.ArchiveStore;
import io.github.cnab4j.layout.ArchiveTarget;
import io.github.cnab4j.store.CallScope;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Archives that are read and archives that are being gathered, by their absolute paths. An archive is the target of one operation at a
 * time. Safe for use by several threads.
 */
final class Archives implements AutoCloseable {
    private final CallScope scope;
    private final Map<Path, ArchiveStore> sources = new ConcurrentHashMap<>();
    private final Map<Path, ArchiveTarget> targets = new ConcurrentHashMap<>();

    /** @param scope stops archives from being opened */
    Archives(CallScope scope) {
        this.scope = scope;
    }

    ArchiveStore source(Path file) {
        return sources.computeIfAbsent(file, absent -> ArchiveStore.open(scope, file));
    }

    ArchiveTarget target(Path file) {
        return targets.computeIfAbsent(file, ArchiveTarget::create);
    }

    /** Writes what was gathered, as a layout at the archive's root; without compression, as other tools do. */
    void write(CallScope caller, Path file) {
        target(file).write(caller, Compression.none());
    }

    /** Forgets what was gathered for a file, and what was known of it. */
    void release(Path file) {
        ArchiveTarget target = targets.remove(file);
        if (target != null) {
            target.close();
            ArchiveStore replaced = sources.remove(file);
            if (replaced != null) {
                replaced.close();
            }
        }
    }

    @Override
    public void close() {
        targets.values().forEach(ArchiveTarget::close);
        sources.values().forEach(ArchiveStore::close);
    }
}
