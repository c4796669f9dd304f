/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.layout.ArchiveStore;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.StoredBlob;
import io.github.cnab4j.server.storage.StoredManifest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/** What is in an archive: its manifests, found by following what it lists, and its blobs. Thread-safe. */
final class ArchiveContent {
    private static final MediaType ANY = new MediaType("application/octet-stream");
    private static final int PIECE = 128 << 10;

    private final ArchiveStore store;
    private final RepositoryTable table = new RepositoryTable();

    private ArchiveContent(ArchiveStore store) {
        this.store = store;
    }

    static ArchiveContent of(ArchiveStore store) {
        ArchiveContent content = new ArchiveContent(store);
        Deque<Descriptor> open = new ArrayDeque<>(store.entries().manifests());
        while (!open.isEmpty()) {
            content.take(open.remove(), open);
        }
        return content;
    }

    private void take(Descriptor manifest, Deque<Descriptor> open) {
        Optional<Digest> digest = Digests.ofServer(manifest.digest());
        if (digest.isEmpty() || table.manifest(digest.get()).isPresent()) {
            return;
        }
        try {
            byte[] content = read(manifest);
            KnownManifest known =
                    KnownManifest.of(digest.get(), manifest.mediaType().value(), content);
            table.learn(known);
            known.manifests().forEach(child -> resolve(child).ifPresent(open::add));
        } catch (CnabException | IllegalArgumentException notReadable) {
            // Then it cannot be asked for; the rest of the archive can.
            return;
        }
    }

    private Optional<Descriptor> resolve(Digest digest) {
        try {
            return Optional.of(store.resolve(CallScope.unbounded(), digest.toString()));
        } catch (CnabException absent) {
            return Optional.empty();
        }
    }

    private byte[] read(Descriptor manifest) {
        return Verified.readAll(CallScope.unbounded(), store, manifest, JsonLimits.MANIFEST.maxBytes());
    }

    RepositoryTable table() {
        return table;
    }

    Optional<StoredManifest> manifest(Digest digest) throws IOException {
        Optional<KnownManifest> known = table.manifest(digest);
        try {
            return known.map(
                    found -> new StoredManifest(digest, found.mediaType(), read(found.descriptor()), found.subject()));
        } catch (CnabException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    Optional<StoredBlob> blob(Digest digest) {
        OptionalLong size = store.blobSize(Digests.ofLibrary(digest));
        return size.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArchivedBlob(store, Descriptor.of(ANY, Digests.ofLibrary(digest), size.getAsLong())));
    }

    /** A file of the archive, where it lies. */
    private record ArchivedBlob(ArchiveStore store, Descriptor descriptor) implements StoredBlob {
        @Override
        public long size() {
            return descriptor.size();
        }

        @Override
        public void copyTo(OutputStream out, long offset, long length) throws IOException {
            byte[] piece = new byte[(int) Math.min(PIECE, Math.max(length, 1))];
            try (InputStream in = store.fetch(CallScope.unbounded(), descriptor, offset)) {
                for (long left = length; left > 0; ) {
                    int n = in.read(piece, 0, (int) Math.min(piece.length, left));
                    if (n < 0) {
                        throw new IOException("the archive became shorter while it was read");
                    }
                    out.write(piece, 0, n);
                    left -= n;
                }
            }
        }
    }
}
