/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredBlob;
import io.github.cnab4j.server.storage.StoredManifest;
import io.github.cnab4j.server.storage.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The content of an archive under the tags of one repository. */
record ArchiveRepository(RepositoryName name, ArchiveContent content, NavigableMap<String, Digest> names)
        implements RepositoryStorage {
    @Override
    public Optional<StoredBlob> blob(Digest digest) {
        return content.blob(digest);
    }

    @Override
    public Optional<StoredManifest> manifest(Digest digest) throws IOException {
        return content.manifest(digest);
    }

    @Override
    public Optional<Digest> tag(String tag) {
        return Optional.ofNullable(names.get(tag));
    }

    @Override
    public List<String> tags(@Nullable String after, int limit) {
        return (after == null ? names : names.tailMap(after, false))
                .keySet().stream().limit(limit).toList();
    }

    @Override
    public List<StoredManifest> referrers(Digest subject) throws IOException {
        List<StoredManifest> found = new ArrayList<>();
        for (Digest digest : content.table().referrers(subject)) {
            content.manifest(digest).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public Optional<Upload> upload(String id) {
        return Optional.empty();
    }

    @Override
    public boolean deleteBlob(Digest digest) throws IOException {
        throw onlyRead();
    }

    @Override
    public boolean mount(Digest digest, RepositoryName from) throws IOException {
        throw onlyRead();
    }

    @Override
    public Upload beginUpload(Digest.Algorithm expected) throws IOException {
        throw onlyRead();
    }

    @Override
    public void putManifest(StoredManifest manifest, Collection<String> tags) throws IOException {
        throw onlyRead();
    }

    @Override
    public boolean deleteManifest(Digest digest) throws IOException {
        throw onlyRead();
    }

    @Override
    public boolean deleteTag(String tag) throws IOException {
        throw onlyRead();
    }

    private static StorageRefusal onlyRead() {
        return new StorageRefusal(405, ErrorCode.UNSUPPORTED, "an archive is only read");
    }
}
