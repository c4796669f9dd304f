/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.archive.ArchiveWriter;
import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.VerifiedContent;
import io.github.cnab4j.store.WritableStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A new archive that holds an OCI image layout. What is pushed is gathered, and {@link #write} makes the archive of it in one pass,
 * in an order of its own: so equal content gives equal bytes however it came, and bytes go from their source into the archive without
 * a second copy. Manifests and what is in memory already are taken when they are pushed. Everything else is read, and verified, when
 * it is written: its source has to stay open until then.
 *
 * <p>An archive that is there is replaced as a whole by {@link #write}; until then it is as it was, and this store holds nothing of
 * it. Safe for use by several threads, {@link #write} by one.
 */
public final class ArchiveTarget implements WritableStore {
    private final Path file;
    private final StoreId id;
    private final StagedContent staged = new StagedContent();
    private final UntaggedRoots roots = new UntaggedRoots();
    private final Object indexLock = new Object();
    private IndexDocument index = IndexDocument.empty();

    private ArchiveTarget(Path file) {
        this.file = file;
        // Not the identity of the archive that is there: nothing of it will be in the new one.
        this.id = new StoreId("oci-archive", "", "new " + file.toAbsolutePath().normalize());
    }

    /**
     * An archive without content.
     *
     * @throws FileException if none can be written there
     */
    public static ArchiveTarget create(Path file) {
        ArchiveWriter.checked(file);
        return new ArchiveTarget(file);
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        scope.throwIfCancelled();
        return LayoutStore.digest(tagOrDigest)
                .map(staged::manifest)
                .orElseGet(() -> index().named(tagOrDigest))
                .orElseThrow(() -> absent("HEAD", tagOrDigest));
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        scope.throwIfCancelled();
        return staged.holds(descriptor);
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        if (offset < 0 || offset > descriptor.size()) {
            throw new IllegalArgumentException("offset " + offset + " in " + descriptor.size() + " bytes");
        }
        scope.throwIfCancelled();
        InputStream content = staged.find(descriptor.digest())
                .orElseThrow(() -> absent("GET", descriptor.digest().toString()))
                .content()
                .open(scope);
        try {
            content.skipNBytes(offset);
            return content;
        } catch (IOException ended) {
            throw absent("GET", descriptor.digest() + " from byte " + offset);
        }
    }

    @Override
    public List<String> tags(CallScope scope) {
        scope.throwIfCancelled();
        return index().names();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(false, false);
    }

    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        hints.tags().forEach(LayoutStore::checkName);
        scope.throwIfCancelled();
        PushOutcome outcome = PushOutcome.ALREADY_PRESENT;
        if (!staged.holds(descriptor)) {
            boolean small = descriptor.mediaType().isManifest() || content instanceof VerifiedContent;
            if (small) {
                staged.take(scope, descriptor, content, JsonLimits.MANIFEST.maxBytes());
            } else {
                staged.promise(descriptor, content);
            }
            hints.bytesSent().accept(descriptor.size());
            outcome = PushOutcome.UPLOADED;
        }
        if (descriptor.mediaType().isManifest()) {
            list(scope, descriptor, hints.tags());
        }
        return outcome;
    }

    private void list(CallScope scope, Descriptor manifest, List<String> tags) {
        roots.lists(ManifestContent.listed(staged.read(scope, manifest)));
        if (tags.isEmpty()) {
            roots.pushed(manifest);
        }
        tags.forEach(tag -> name(manifest, tag));
    }

    private void name(Descriptor manifest, String tag) {
        synchronized (indexLock) {
            index = index.withName(tag, manifest);
        }
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        LayoutStore.checkName(tag);
        scope.throwIfCancelled();
        if (!staged.holds(manifest)) {
            throw absent("PUT", manifest.digest().toString());
        }
        name(manifest, tag);
    }

    /**
     * Writes the archive: the layout at its root. Its index names what was tagged, and lists what was pushed by digest alone and is
     * not listed by another index. Fails as {@link ContentSource#open} and {@link ArchiveWriter} do; then there is no archive.
     *
     * @return the archive's size in bytes
     */
    public long write(CallScope scope, Compression compression) {
        List<Descriptor> untagged = roots.take().stream()
                .sorted(Comparator.comparing(root -> root.digest().toString()))
                .toList();
        byte[] entries = index().inOrderOfNames().withEntries(untagged).toBytes();
        return new ArchiveLayout(scope, "", entries, staged).write(file, compression, Map.of());
    }

    /**
     * Writes a thick bundle (CNAB 104): first these members, then the layout below {@code artifacts/layout}. Its index lists the images
     * first, then what was pushed under a tag: what refers to them.
     *
     * @param members content of files at the archive's root, by name, in this order
     * @param images what the layout's index lists, in this order
     * @return the archive's size in bytes
     */
    public long writeThick(
            CallScope scope, Compression compression, Map<String, byte[]> members, List<NamedImage> images) {
        byte[] entries = IndexDocument.of(images).and(index().inOrderOfNames()).toBytes();
        return new ArchiveLayout(scope, ArchiveStore.THICK, entries, staged).write(file, compression, members);
    }

    /**
     * An image as a layout's index lists it.
     *
     * @param name its full name, for the annotation {@code org.opencontainers.image.ref.name}
     * @param manifest its manifest or index
     */
    public record NamedImage(String name, Descriptor manifest) {}

    /** Forgets what was gathered. */
    @Override
    public void close() {
        staged.close();
    }

    private IndexDocument index() {
        synchronized (indexLock) {
            return index;
        }
    }

    private NotFoundException absent(String verb, String what) {
        return new NotFoundException(verb + " " + id + " " + what, what + " is not in " + id, null);
    }
}
