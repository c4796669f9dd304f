/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.StoredManifest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The manifests that were read last, up to a number of bytes. Thread-safe. */
final class ManifestCache {
    private final long limit;
    private final Map<Key, StoredManifest> manifests = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(RepositoryName repository, Digest digest) {}

    /** @param limit the most bytes that are kept */
    ManifestCache(long limit) {
        this.limit = limit;
    }

    synchronized Optional<StoredManifest> find(RepositoryName repository, Digest digest) {
        return Optional.ofNullable(manifests.get(new Key(repository, digest)));
    }

    synchronized void keep(RepositoryName repository, StoredManifest manifest) {
        StoredManifest before = manifests.put(new Key(repository, manifest.digest()), manifest);
        bytes += manifest.size() - (before == null ? 0 : before.size());
        for (Iterator<StoredManifest> oldest = manifests.values().iterator(); bytes > limit && oldest.hasNext(); ) {
            bytes -= oldest.next().size();
            oldest.remove();
        }
    }

    synchronized void forget(RepositoryName repository, Digest digest) {
        StoredManifest before = manifests.remove(new Key(repository, digest));
        bytes -= before == null ? 0 : before.size();
    }
}
