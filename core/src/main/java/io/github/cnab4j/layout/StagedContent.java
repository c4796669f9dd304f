/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.archive.Spool;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.Verified;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What will be written to an archive: small content that was read and verified, in memory up to a bound and in a {@link Spool} above
 * it, and the sources of all else. Safe for use by several threads.
 */
final class StagedContent implements AutoCloseable {
    private static final long MOST_IN_MEMORY = 8 << 20;

    private final Map<Digest, Staged> contents = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private long inMemory;
    private @Nullable Spool spool;

    /** @param content proves itself, or is what was proven when it was taken */
    record Staged(Descriptor descriptor, ContentSource content) {}

    boolean holds(Descriptor descriptor) {
        Staged known = contents.get(descriptor.digest());
        return known != null && known.descriptor.size() == descriptor.size();
    }

    Optional<Staged> find(Digest digest) {
        return Optional.ofNullable(contents.get(digest));
    }

    /** The manifest of this digest. */
    Optional<Descriptor> manifest(Digest digest) {
        return find(digest)
                .map(Staged::descriptor)
                .filter(descriptor -> descriptor.mediaType().isManifest());
    }

    /** Reads and keeps content. */
    void take(CallScope scope, Descriptor descriptor, ContentSource content, int limit) {
        byte[] bytes = Verified.readAll(content.open(scope), descriptor, "the source", limit);
        put(descriptor, keep(bytes));
    }

    /** Remembers where content is. */
    void promise(Descriptor descriptor, ContentSource content) {
        put(descriptor, content);
    }

    /** A blob may be listed as a manifest too: it is then the manifest, which can be asked for. */
    private void put(Descriptor descriptor, ContentSource content) {
        Staged fresh = new Staged(descriptor.identity(), content);
        contents.merge(
                descriptor.digest(),
                fresh,
                (known, other) -> known.descriptor.mediaType().isManifest() ? known : other);
    }

    private ContentSource keep(byte[] bytes) {
        synchronized (lock) {
            if (inMemory + bytes.length <= MOST_IN_MEMORY) {
                inMemory += bytes.length;
                return ContentSource.ofBytes(bytes);
            }
            Spool room = spool == null ? Spool.create() : spool;
            spool = room;
            long start = room.append(bytes, 0, bytes.length);
            return scope -> room.open(start, bytes.length);
        }
    }

    /** The bytes of a manifest that was taken. */
    byte[] read(CallScope scope, Descriptor manifest) {
        Staged known = contents.get(manifest.digest());
        if (known == null) {
            throw new IllegalStateException(manifest.digest() + " was not taken");
        }
        return Verified.readAll(
                known.content.open(scope), manifest, "what was gathered", (int) known.descriptor.size());
    }

    /** All of it in the archive's order: manifests, then all else, each by digest. */
    List<Staged> inOrder() {
        return contents.values().stream()
                .sorted(Comparator.comparing((Staged content) ->
                                !content.descriptor.mediaType().isManifest())
                        .thenComparing(content -> content.descriptor.digest().toString()))
                .toList();
    }

    @Override
    public void close() {
        synchronized (lock) {
            contents.clear();
            if (spool != null) {
                spool.close();
                spool = null;
            }
        }
    }
}
