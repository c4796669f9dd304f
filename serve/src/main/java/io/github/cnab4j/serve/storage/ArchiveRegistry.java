/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.layout.ArchiveStore;
import io.github.cnab4j.layout.LayoutEntries;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An archive of images as a registry that is only read: where the archive is not compressed its files are read where they lie.
 *
 * <p>All of it is in a repository of the file's name, with the tags that it has. An image of a full name, as thick bundles have
 * them, is in the repository of that name's path too: {@code registry.example/app/web:1.0} is {@code app/web}, tag {@code 1.0};
 * one without a tag can be asked for there by its digest.
 * Thread-safe.
 */
public final class ArchiveRegistry implements RegistryStorage, AutoCloseable {
    private static final Pattern SUFFIX = Pattern.compile("\\.(?:tar|tgz|tar\\.gz|tar\\.zst|oci|cnab)$");
    private static final Pattern FULL_NAME = Pattern.compile(
            "(?:[^/@]*[.:][^/@]*/|localhost/)?([^@:]+)(?::([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?(?:@.*)?");

    private final ArchiveStore store;
    private final NavigableMap<RepositoryName, RepositoryStorage> repositories = new TreeMap<>();

    private ArchiveRegistry(ArchiveStore store, RepositoryName name) throws IOException {
        this.store = store;
        ArchiveContent content = ArchiveContent.of(store);
        LayoutEntries entries = store.entries();
        Map<RepositoryName, Map<String, Digest>> tags = new HashMap<>();
        tags.put(name, new HashMap<>());
        entries.named().forEach((text, manifest) -> addTag(tags, name, text, manifest));
        tags.forEach((repository, own) ->
                repositories.put(repository, new ArchiveRepository(repository, content, new TreeMap<>(own))));
    }

    /**
     * Opens an archive.
     *
     * @throws NotFoundException if there is no such file
     * @throws InvalidInputException if it is no archive, a damaged one, or has no layout that can be used
     * @throws IOException if it cannot be read
     */
    public static ArchiveRegistry open(CallScope scope, Path file) throws IOException {
        ArchiveStore store = ArchiveStore.open(scope, file);
        boolean opened = false;
        try {
            ArchiveRegistry registry = new ArchiveRegistry(store, name(file));
            opened = true;
            return registry;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    private static RepositoryName name(Path file) {
        String text = SUFFIX.matcher(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT))
                .replaceFirst("")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return RepositoryName.parse(text).orElse(new RepositoryName("archive"));
    }

    private static void addTag(
            Map<RepositoryName, Map<String, Digest>> tags, RepositoryName own, String text, Descriptor manifest) {
        Optional<Digest> digest = Digests.ofServer(manifest.digest());
        if (digest.isEmpty()) {
            return;
        }
        if (RepositoryIndex.isTag(text)) {
            tags.getOrDefault(own, new HashMap<>()).put(text, digest.get());
            return;
        }
        Matcher name = FULL_NAME.matcher(text);
        if (name.matches()) {
            RepositoryName.parse(name.group(1)).ifPresent(repository -> {
                Map<String, Digest> its = tags.computeIfAbsent(repository, unused -> new HashMap<>());
                if (name.group(2) != null) {
                    its.put(name.group(2), digest.get());
                }
            });
        }
    }

    @Override
    public Optional<RepositoryStorage> find(RepositoryName name) {
        return Optional.ofNullable(repositories.get(name));
    }

    @Override
    public RepositoryStorage open(RepositoryName name) throws IOException {
        return find(name).orElseThrow(() -> new StorageRefusal(405, ErrorCode.UNSUPPORTED, "an archive is only read"));
    }

    @Override
    public List<RepositoryName> repositories(@Nullable RepositoryName after, int limit) {
        return (after == null ? repositories : repositories.tailMap(after, false))
                .keySet().stream().limit(limit).toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
