/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** One repository of a {@link MemoryStorage}. Manifests and tags change together, under this object's monitor. */
final class MemoryRepository implements RepositoryStorage {
    private final RepositoryName name;
    private final MemoryStorage registry;
    private final Map<Digest, MemoryBlob> blobs = new ConcurrentHashMap<>();
    private final Map<String, MemoryUpload> uploads = new ConcurrentHashMap<>();
    private final Map<Digest, StoredManifest> manifests = new ConcurrentHashMap<>();
    private final NavigableMap<String, Digest> tags = new ConcurrentSkipListMap<>();
    private volatile boolean written;

    MemoryRepository(RepositoryName name, MemoryStorage registry) {
        this.name = name;
        this.registry = registry;
    }

    /** Whether anything was ever committed here. */
    boolean exists() {
        return written;
    }

    int openUploads() {
        return uploads.size();
    }

    int forgetUploads() {
        int open = uploads.size();
        uploads.clear();
        return open;
    }

    List<Digest> blobDigests() {
        return sorted(blobs.keySet());
    }

    List<Digest> manifestDigests() {
        return sorted(manifests.keySet());
    }

    private static List<Digest> sorted(Collection<Digest> digests) {
        return digests.stream().sorted(Comparator.comparing(Digest::toString)).toList();
    }

    @Nullable
    MemoryBlob memoryBlob(Digest digest) {
        return blobs.get(digest);
    }

    void add(Digest digest, MemoryBlob blob) {
        MemoryBlob known = registry.findAnywhere(digest);
        blobs.put(digest, known == null ? blob : known);
        written = true;
    }

    void ended(MemoryUpload upload) {
        uploads.remove(upload.id());
    }

    @Override
    public RepositoryName name() {
        return name;
    }

    @Override
    public Optional<StoredBlob> blob(Digest digest) {
        return Optional.<StoredBlob>ofNullable(blobs.get(digest));
    }

    @Override
    public boolean deleteBlob(Digest digest) {
        return blobs.remove(digest) != null;
    }

    @Override
    public boolean mount(Digest digest, RepositoryName from) {
        MemoryRepository source = registry.existing(from);
        return source != null && share(digest, source.memoryBlob(digest));
    }

    @Override
    public boolean mountFromAnywhere(Digest digest) {
        return share(digest, registry.findAnywhere(digest));
    }

    private boolean share(Digest digest, @Nullable MemoryBlob blob) {
        if (blob == null) {
            return false;
        }
        blobs.put(digest, blob);
        written = true;
        return true;
    }

    @Override
    public Upload beginUpload(Digest.Algorithm expected) {
        MemoryUpload upload = new MemoryUpload(UUID.randomUUID().toString(), this, expected);
        uploads.put(upload.id(), upload);
        return upload;
    }

    @Override
    public Optional<Upload> upload(String id) {
        return Optional.<Upload>ofNullable(uploads.get(id));
    }

    @Override
    public Optional<StoredManifest> manifest(Digest digest) {
        return Optional.ofNullable(manifests.get(digest));
    }

    @Override
    public synchronized void putManifest(StoredManifest manifest, Collection<String> newTags) {
        manifests.put(manifest.digest(), manifest);
        newTags.forEach(tag -> tags.put(tag, manifest.digest()));
        written = true;
    }

    @Override
    public synchronized boolean deleteManifest(Digest digest) {
        tags.values().removeIf(digest::equals);
        return manifests.remove(digest) != null;
    }

    @Override
    public Optional<Digest> tag(String tag) {
        return Optional.ofNullable(tags.get(tag));
    }

    @Override
    public synchronized boolean deleteTag(String tag) {
        return tags.remove(tag) != null;
    }

    @Override
    public List<String> tags(@Nullable String after, int limit) {
        NavigableMap<String, Digest> rest = after == null ? tags : tags.tailMap(after, false);
        return rest.keySet().stream().limit(limit).toList();
    }

    @Override
    public List<StoredManifest> referrers(Digest subject) {
        return manifests.values().stream()
                .filter(manifest -> manifest.subject().filter(subject::equals).isPresent())
                .sorted(Comparator.comparing(manifest -> manifest.digest().toString()))
                .toList();
    }
}
