/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.layout.LayoutFiles;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredBlob;
import io.github.cnab4j.server.storage.StoredManifest;
import io.github.cnab4j.server.storage.Upload;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One repository: one OCI image layout. Thread-safe; several processes may keep the same one. */
final class LayoutRepository implements RepositoryStorage {
    /** A blob that was looked at counts as wanted; it is marked so no more often than this. */
    private static final Duration MARK_AFTER = Duration.ofMinutes(1);

    private final RepositoryName name;
    private final LayoutFiles files;
    private final LayoutRegistry registry;
    private final StorageOptions options;
    private final ManifestFiles manifests;
    private final RepositoryIndex index;
    private volatile boolean prepared;

    LayoutRepository(RepositoryName name, LayoutFiles files, LayoutRegistry registry) {
        this.name = name;
        this.files = files;
        this.registry = registry;
        this.options = registry.options();
        this.manifests = new ManifestFiles(files, options.durable());
        this.index = new RepositoryIndex(files, manifests, registry.checkpoints(), options.durable());
    }

    LayoutFiles files() {
        return files;
    }

    ManifestFiles manifestFiles() {
        return manifests;
    }

    RepositoryIndex index() {
        return index;
    }

    boolean exists() {
        return files.exists();
    }

    @Override
    public RepositoryName name() {
        return name;
    }

    @Override
    public Optional<StoredBlob> blob(Digest digest) throws IOException {
        io.github.cnab4j.oci.Digest blob = Digests.ofLibrary(digest);
        OptionalLong size = files.blobSize(blob);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        mark(blob);
        return Optional.of(new FileBlob(files, blob, size.getAsLong()));
    }

    /** Whoever asks for a blob may leave out sending it, so that it must not be taken for garbage. */
    private void mark(io.github.cnab4j.oci.Digest blob) throws IOException {
        if (options.readOnly()) {
            return;
        }
        Instant now = options.clock().instant();
        Optional<FileTime> time = files.blobTime(blob);
        if (time.isPresent() && time.get().toInstant().isBefore(now.minus(MARK_AFTER))) {
            files.touch(blob, FileTime.from(now));
        }
    }

    @Override
    public boolean deleteBlob(Digest digest) throws IOException {
        // A manifest is no blob to this: it goes by its own way, with its tags.
        return index.current().manifest(digest).isEmpty() && files.deleteBlob(Digests.ofLibrary(digest));
    }

    @Override
    public boolean mount(Digest digest, RepositoryName from) throws IOException {
        Optional<LayoutRepository> source = registry.existing(from);
        return source.isPresent() && linkFrom(source.get(), Digests.ofLibrary(digest));
    }

    @Override
    public boolean mountFromAnywhere(Digest digest) throws IOException {
        io.github.cnab4j.oci.Digest blob = Digests.ofLibrary(digest);
        Optional<LayoutRepository> source = registry.holderOf(blob);
        return source.isPresent() && linkFrom(source.get(), blob);
    }

    private boolean linkFrom(LayoutRepository source, io.github.cnab4j.oci.Digest blob) throws IOException {
        if (source.files.blobSize(blob).isEmpty()) {
            return false;
        }
        ensureCreated();
        Path part = files.newPart();
        try {
            Path original = source.files.blobFile(blob);
            linkOrCopy(original, part);
            files.addBlob(blob, part);
            files.touch(blob, FileTime.from(options.clock().instant()));
            files.sync(blob.algorithm());
            return true;
        } catch (NoSuchFileException justRemoved) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void linkOrCopy(Path original, Path part) throws IOException {
        try {
            Files.createLink(part, original);
        } catch (NoSuchFileException justRemoved) {
            throw justRemoved;
        } catch (IOException | UnsupportedOperationException cannotLink) {
            Files.copy(original, part, StandardCopyOption.REPLACE_EXISTING);
            FileSync.file(part, options.durable());
        }
    }

    @Override
    public Upload beginUpload(Digest.Algorithm expected) throws IOException {
        return registry.uploads().begin(this, expected);
    }

    @Override
    public Optional<Upload> upload(String id) throws IOException {
        return registry.uploads().find(this, id);
    }

    /** Takes over a file that is verified and on disk; the blob is on disk too when this returns. */
    void addBlob(Digest digest, Path file) throws IOException {
        ensureCreated();
        Files.setLastModifiedTime(file, FileTime.from(options.clock().instant()));
        io.github.cnab4j.oci.Digest blob = Digests.ofLibrary(digest);
        try {
            files.addBlob(blob, file);
        } catch (AtomicMoveNotSupportedException anotherFileSystem) {
            Path part = files.newPart();
            Files.copy(file, part);
            FileSync.file(part, options.durable());
            files.addBlob(blob, part);
            Files.deleteIfExists(file);
        }
        files.sync(blob.algorithm());
    }

    /** Makes the layout, or what a layout of another tool lacks for being written to. */
    void prepare() throws IOException {
        files.create(CallScope.unbounded());
        FileSync.upTo(registry.root(), files.root(), options.durable());
    }

    private void ensureCreated() throws IOException {
        if (!prepared || !files.exists()) {
            prepare();
            prepared = true;
        }
    }

    @Override
    public Optional<StoredManifest> manifest(Digest digest) throws IOException {
        Optional<KnownManifest> known = known(digest);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong size = files.blobSize(Digests.ofLibrary(digest));
        if (size.isEmpty() || size.getAsLong() != known.get().size()) {
            registry.cache().forget(name, digest);
            return Optional.empty();
        }
        mark(Digests.ofLibrary(digest));
        Optional<StoredManifest> cached = registry.cache()
                .find(name, digest)
                .filter(manifest -> manifest.mediaType().equals(known.get().mediaType()));
        if (cached.isPresent()) {
            return cached;
        }
        Optional<StoredManifest> read = manifests
                .read(digest)
                .map(bytes -> new StoredManifest(
                        digest, known.get().mediaType(), bytes, known.get().subject()));
        read.ifPresent(manifest -> registry.cache().keep(name, manifest));
        return read;
    }

    /** A manifest that another tool put there without listing it is known by its content. */
    private Optional<KnownManifest> known(Digest digest) throws IOException {
        Optional<KnownManifest> known = index.current().manifest(digest);
        return known.isPresent() ? known : manifests.examine(digest, null);
    }

    @Override
    public void putManifest(StoredManifest manifest, Collection<String> tags) throws IOException {
        ensureCreated();
        byte[] content = manifest.bytes();
        manifests.write(manifest.digest(), content);
        KnownManifest known = KnownManifest.of(manifest.digest(), manifest.mediaType(), content);
        index.commit(new JournalRecord.Put(known, List.copyOf(tags)));
        registry.cache().keep(name, manifest);
    }

    @Override
    public boolean deleteManifest(Digest digest) throws IOException {
        ensureCreated();
        boolean known = index.commit(new JournalRecord.Drop(digest));
        if (known) {
            files.deleteBlob(Digests.ofLibrary(digest));
            registry.cache().forget(name, digest);
        }
        return known;
    }

    @Override
    public Optional<Digest> tag(String tag) throws IOException {
        return index.current().tag(tag);
    }

    @Override
    public boolean deleteTag(String tag) throws IOException {
        ensureCreated();
        return index.commit(new JournalRecord.Untag(tag));
    }

    @Override
    public List<String> tags(@Nullable String after, int limit) throws IOException {
        return index.current().tags(after, limit);
    }

    @Override
    public List<StoredManifest> referrers(Digest subject) throws IOException {
        List<StoredManifest> found = new ArrayList<>();
        for (Digest digest : index.current().referrers(subject)) {
            manifest(digest).ifPresent(found::add);
        }
        return found;
    }
}
