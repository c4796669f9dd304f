/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.layout.LayoutFiles;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what nothing leads to. Repositories are in use meanwhile, by this process and others:
 *
 * <ul>
 *   <li>A push writes blobs first and names them last, so young blobs are kept. A blob that a push found there, or mounted, was
 *       marked as young by that.
 *   <li>What is named is looked up once more with the lock held that every new manifest needs.
 *   <li>A file is moved aside before its time is read for the last time, so that a mark either is seen or fails.
 * </ul>
 */
final class GarbageCollection {
    private final LayoutRegistry registry;
    private final GcOptions options;
    private final Instant limit;
    private final List<GcReport.Collected> collected = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    GarbageCollection(LayoutRegistry registry, GcOptions options) {
        this.registry = registry;
        this.options = options;
        this.limit = registry.options().clock().instant().minus(options.grace());
    }

    GcReport run() throws IOException {
        for (RepositoryName name : registry.names().stream().sorted().toList()) {
            Optional<LayoutRepository> repository = registry.existing(name);
            if (repository.isPresent()) {
                collect(repository.get());
            }
        }
        UploadFolder.Expired uploads = registry.uploads().expire(options.dryRun());
        return new GcReport(List.copyOf(collected), List.copyOf(failures), uploads.uploads(), uploads.bytes());
    }

    private void collect(LayoutRepository repository) {
        try {
            if (!options.dryRun()) {
                repository.prepare();
            }
            Sweep sweep = new Sweep(repository);
            int manifests = options.untagged() ? dropUntagged(repository, sweep) : 0;
            if (options.dryRun()) {
                sweep.run();
            } else {
                repository.files().whileLocked(CallScope.unbounded(), sweep::run);
            }
            if (sweep.blobs > 0) {
                collected.add(new GcReport.Collected(repository.name(), manifests, sweep.blobs, sweep.bytes));
            }
        } catch (IOException | CnabException unsure) {
            // What cannot be read whole may lead to anything.
            failures.add(repository.name() + ": " + unsure.getMessage());
        }
    }

    /** Manifests that are old and that no tag leads to, by indexes or by what refers to them. */
    private int dropUntagged(LayoutRepository repository, Sweep sweep) throws IOException {
        RepositoryTable table = repository.index().current();
        Reachable tagged = Reachable.from(table, Set.copyOf(table.tags().values()));
        int dropped = 0;
        for (KnownManifest manifest : List.copyOf(table.manifests())) {
            Digest digest = manifest.digest();
            Optional<FileTime> time = repository.files().blobTime(Digests.ofLibrary(digest));
            if (!tagged.manifests().contains(digest) && time.isPresent() && isOld(time.get())) {
                dropped++;
                sweep.forget(digest);
                if (!options.dryRun()) {
                    repository.index().commit(new JournalRecord.Drop(digest));
                }
            }
        }
        return dropped;
    }

    private boolean isOld(FileTime time) {
        return time.toInstant().isBefore(limit);
    }

    /** The files of one repository. */
    private final class Sweep {
        private final LayoutRepository repository;
        private final LayoutFiles files;
        private final Set<Digest> forgotten = new HashSet<>();
        private int blobs;
        private long bytes;

        Sweep(LayoutRepository repository) {
            this.repository = repository;
            this.files = repository.files();
        }

        void forget(Digest manifest) {
            forgotten.add(manifest);
        }

        void run() throws IOException {
            RepositoryTable table = repository.index().current();
            Set<Digest> roots = new HashSet<>(table.tags().values());
            table.manifests().forEach(manifest -> roots.add(manifest.digest()));
            roots.removeAll(forgotten);
            Set<Digest> named = Reachable.from(table, roots).withBlobs(repository.manifestFiles());
            addListed(table, named);
            for (LayoutFiles.BlobFile blob : files.blobs()) {
                Optional<Digest> digest = Digests.ofServer(blob.digest());
                if (digest.isPresent() && !named.contains(digest.get()) && isOld(blob.modified())) {
                    remove(blob);
                }
            }
        }

        /** Other tools may list what is no manifest; what is one and cannot be read hides what it names. */
        private void addListed(RepositoryTable table, Set<Digest> named) throws IOException {
            for (Descriptor listed : files.entries().manifests()) {
                Optional<Digest> digest = Digests.ofServer(listed.digest());
                if (digest.isPresent() && !forgotten.contains(digest.get())) {
                    named.add(digest.get());
                    if (listed.mediaType().isManifest()
                            && table.manifest(digest.get()).isEmpty()
                            && files.blobSize(listed.digest()).isPresent()) {
                        throw new IOException("manifest " + digest.get() + " is damaged; nothing was removed here");
                    }
                }
            }
        }

        private void remove(LayoutFiles.BlobFile blob) throws IOException {
            if (options.dryRun() || removeUnlessMarked(blob.digest())) {
                blobs++;
                bytes += blob.size();
            }
        }

        private boolean removeUnlessMarked(io.github.cnab4j.oci.Digest digest) throws IOException {
            Path aside = files.newPart();
            Path place = files.blobFile(digest);
            Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
            if (isOld(Files.getLastModifiedTime(aside))) {
                Files.delete(aside);
                return true;
            }
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
            return false;
        }
    }
}
