/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps everything in memory until it is garbage; equal blobs of several repositories are kept once. Thread-safe. */
public final class MemoryStorage implements RegistryStorage {
    private final Map<RepositoryName, MemoryRepository> repositories = new ConcurrentHashMap<>();

    @Override
    public Optional<RepositoryStorage> find(RepositoryName name) {
        return Optional.<RepositoryStorage>ofNullable(existing(name));
    }

    @Override
    public RepositoryStorage open(RepositoryName name) {
        return repositories.computeIfAbsent(name, absent -> new MemoryRepository(absent, this));
    }

    @Override
    public List<RepositoryName> repositories(@Nullable RepositoryName after, int limit) {
        return repositories.values().stream()
                .filter(MemoryRepository::exists)
                .map(MemoryRepository::name)
                .filter(name -> after == null || name.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    /** How many uploads are open in all repositories. */
    public int openUploads() {
        return repositories.values().stream()
                .mapToInt(MemoryRepository::openUploads)
                .sum();
    }

    /** Ends the uploads that are open in a repository, as registries do after some days; returns how many there were. */
    public int forgetUploads(RepositoryName name) {
        MemoryRepository repository = existing(name);
        return repository == null ? 0 : repository.forgetUploads();
    }

    /** The digests of a repository's blobs, sorted; none when there is no such repository. */
    public List<Digest> blobs(RepositoryName name) {
        MemoryRepository repository = existing(name);
        return repository == null ? List.of() : repository.blobDigests();
    }

    /** The digests of a repository's manifests, sorted; none when there is no such repository. */
    public List<Digest> manifests(RepositoryName name) {
        MemoryRepository repository = existing(name);
        return repository == null ? List.of() : repository.manifestDigests();
    }

    @Nullable
    MemoryRepository existing(RepositoryName name) {
        MemoryRepository repository = repositories.get(name);
        return repository != null && repository.exists() ? repository : null;
    }

    @Nullable
    MemoryBlob findAnywhere(Digest digest) {
        for (MemoryRepository repository : repositories.values()) {
            MemoryBlob blob = repository.memoryBlob(digest);
            if (blob != null) {
                return blob;
            }
        }
        return null;
    }
}
