/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.layout.LayoutFiles;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A registry of OCI image layouts: a directory in which each repository is the layout at its name, or one layout that is the only
 * repository. Thread-safe; other processes may read and write the layouts at the same time, and keep the same registry.
 *
 * <p>Uploads, and whatever else is not a layout's, lie in the directory {@code .cnab4j} of the root.
 */
public final class LayoutRegistry implements RegistryStorage, AutoCloseable {
    private static final long CACHED_BYTES = 32L << 20;
    /** Names that somebody asked for and that are no repositories are not remembered for ever. */
    private static final int MOST_REMEMBERED = 4_096;

    private final Path root;
    private final @Nullable RepositoryName single;
    private final StorageOptions options;
    private final UploadFolder uploads;
    private final Checkpoints checkpoints = new Checkpoints();
    private final ManifestCache cache = new ManifestCache(CACHED_BYTES);
    private final Map<RepositoryName, LayoutRepository> known = new ConcurrentHashMap<>();

    private LayoutRegistry(Path root, @Nullable RepositoryName single, StorageOptions options) {
        this.root = root;
        this.single = single;
        this.options = options;
        this.uploads = new UploadFolder(root.resolve(".cnab4j").resolve("uploads"), options);
    }

    /**
     * Opens a registry.
     *
     * @param directory a layout, or the root of layouts; it is made if it is not there
     * @throws FileException if it cannot be made, or is a layout whose name cannot be a repository's
     */
    public static LayoutRegistry open(Path directory, StorageOptions options) {
        if (options.readOnly()) {
            requireThere(directory);
        }
        try {
            if (!options.readOnly()) {
                Files.createDirectories(directory);
            }
            Path root = directory.toRealPath();
            boolean layout = new LayoutFiles(root, false).exists();
            return new LayoutRegistry(root, layout ? singleName(root) : null, options);
        } catch (IOException failed) {
            throw new FileException(
                    "cannot open the directory " + directory + ": " + failed.getMessage(),
                    "Name a directory that may be read and written.",
                    failed);
        }
    }

    /**
     * Opens a registry that has to be there.
     *
     * @throws FileException if it is not, or cannot be used
     */
    public static LayoutRegistry openExisting(Path directory, StorageOptions options) {
        requireThere(directory);
        return open(directory, options);
    }

    private static void requireThere(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new FileException(
                    "there is no directory " + directory, "Name a layout, or a directory of layouts.", null);
        }
    }

    private static RepositoryName singleName(Path layout) {
        Path last = layout.getFileName();
        return RepositoryName.parse(last == null ? "" : last.toString())
                .orElseThrow(() -> new FileException(
                        "the layout " + layout + " cannot be served by its name",
                        "A repository's name has small letters, digits and single . _ or - between them; serve the"
                                + " directory above, or rename it.",
                        null));
    }

    /** The only repository, if one layout is served. */
    public Optional<RepositoryName> single() {
        return Optional.ofNullable(single);
    }

    Path root() {
        return root;
    }

    StorageOptions options() {
        return options;
    }

    UploadFolder uploads() {
        return uploads;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    ManifestCache cache() {
        return cache;
    }

    /** How many uploads this process is engaged in. */
    public int openUploads() {
        return uploads.open();
    }

    @Override
    public Optional<RepositoryStorage> find(RepositoryName name) {
        return existing(name).map(repository -> repository);
    }

    Optional<LayoutRepository> existing(RepositoryName name) {
        return Optional.ofNullable(path(name))
                .map(path -> repository(name, path))
                .filter(LayoutRepository::exists);
    }

    @Override
    public RepositoryStorage open(RepositoryName name) throws IOException {
        Path path = path(name);
        if (path == null) {
            throw new StorageRefusal(403, ErrorCode.DENIED, "only the repository " + single + " is served here");
        }
        return repository(name, path);
    }

    private @Nullable Path path(RepositoryName name) {
        if (single == null) {
            return root.resolve(RepositoryPaths.of(name));
        }
        return single.equals(name) ? root : null;
    }

    private LayoutRepository repository(RepositoryName name, Path path) {
        if (known.size() > MOST_REMEMBERED) {
            known.values().removeIf(repository -> !repository.exists());
        }
        return known.computeIfAbsent(
                name, absent -> new LayoutRepository(name, new LayoutFiles(path, options.durable()), this));
    }

    @Override
    public List<RepositoryName> repositories(@Nullable RepositoryName after, int limit) throws IOException {
        return names().stream()
                .filter(name -> after == null || name.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    List<RepositoryName> names() throws IOException {
        return single == null ? LayoutSearch.below(root) : List.of(single);
    }

    /** A repository that has the blob. */
    Optional<LayoutRepository> holderOf(Digest blob) throws IOException {
        for (RepositoryName name : names()) {
            Optional<LayoutRepository> repository =
                    existing(name).filter(found -> found.files().blobSize(blob).isPresent());
            if (repository.isPresent()) {
                return repository;
            }
        }
        return Optional.empty();
    }

    /** Whether the directory can be reached. */
    public boolean isWell() {
        return Files.isReadable(root);
    }

    /**
     * Removes what nothing leads to, and uploads that have expired. Pushes may go on meanwhile.
     *
     * @throws IOException if the directory cannot be read; a repository that cannot is a failure in the report
     */
    public GcReport collectGarbage(GcOptions gc) throws IOException {
        return new GarbageCollection(this, gc).run();
    }

    /** Ends the uploads that nobody has written to for longer than they may live. */
    public void expireUploads() throws IOException {
        uploads.expire(false);
    }

    /** Lets each {@code index.json} show what its repository has. */
    @Override
    public void close() {
        checkpoints.close();
    }
}
