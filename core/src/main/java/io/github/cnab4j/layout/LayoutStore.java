/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.WritableStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OCI image layout directory as one repository (OCI image specification, "Image Layout").
 *
 * <p>A tag is an entry of {@code index.json} with the annotation {@code org.opencontainers.image.ref.name}, as skopeo and oras
 * write it; where two entries have one name the first counts. A manifest is also found by digest, listed or not. As in a lax
 * registry a manifest is taken whether its children are there or not. Manifests that are pushed by digest alone get an entry
 * without a name when the store is closed, unless an index that was pushed too lists them, so that other tools see them.
 *
 * <p>Several threads and processes may use one directory at once. A blob appears under its name when it is whole, verified and
 * on disk; {@code index.json} is replaced as one, under a lock, after what it names is on disk. A blob that is there with the
 * right size is taken for what its name says until it is read through {@link Verified}; one of a wrong size is written anew.
 * Manifests are read when they are asked for: a damaged one counts as absent. Links inside the directory are refused.
 *
 * <p>All methods throw {@link FileException} if the file system fails.
 */
public final class LayoutStore implements WritableStore, WholeLayout {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:@+/-]{0,1023}");

    private final LayoutDirectory directory;
    private final StoreId id;
    private final IndexFile index;
    private final BlobFiles blobs;
    private final UntaggedRoots roots = new UntaggedRoots();
    private final LayoutCreation creation;

    private LayoutStore(LayoutDirectory directory) {
        this.directory = directory;
        this.id = new StoreId(
                "oci", "", directory.root().toAbsolutePath().normalize().toString());
        this.index = new IndexFile(directory);
        this.blobs = new BlobFiles(directory);
        this.creation = new LayoutCreation(directory, index, blobs);
    }

    /**
     * Opens a layout that is there. Reading it leaves no trace; it may be written to as well.
     *
     * @throws NotFoundException if there is no such directory
     * @throws FileException if it is no layout, of another version, or its index cannot be read
     */
    public static LayoutStore open(Path directory) {
        LayoutStore store = new LayoutStore(new LayoutDirectory(directory));
        store.creation.require();
        return store;
    }

    /**
     * Opens a layout that may not be there yet. It is created by the first push; until then the store is one without content.
     *
     * @throws FileException if something else than a layout is there, or one of another version
     */
    public static LayoutStore openOrCreate(Path directory) {
        LayoutStore store = new LayoutStore(new LayoutDirectory(directory));
        store.creation.check();
        return store;
    }

    @Override
    public StoreId id() {
        return id;
    }

    /**
     * Finds a manifest by the exact name of an entry or by digest.
     *
     * @throws NotFoundException if there is none, or its blob is not in the layout
     * @throws StoreException if the blob's size is not what the entry says
     */
    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        scope.throwIfCancelled();
        Optional<Digest> digest = digest(tagOrDigest);
        IndexDocument document = index.read().orElseThrow(() -> noLayout("HEAD"));
        Optional<Descriptor> found =
                digest.isPresent() ? find(scope, document, digest.get()) : document.named(tagOrDigest);
        Descriptor manifest =
                found.orElseThrow(() -> absent("HEAD", tagOrDigest, digest.isPresent() ? null : document.contents()));
        blobs.require(manifest);
        return manifest;
    }

    /**
     * Finds the image that a full name means, as archives and layouts of images write it: for work without a registry.
     *
     * <ol>
     *   <li>A name with a digest: the manifest of that digest, whatever it is called here.
     *   <li>Else an entry of exactly this name, in either of the annotations {@code org.opencontainers.image.ref.name} and
     *       {@code io.containerd.image.name}.
     *   <li>Else entries of the same repository path and tag, of the same host before any host: images that were relocated
     *       keep their path. Docker Hub's short names mean what Docker means by them; no tag means {@code latest}.
     * </ol>
     *
     * @param name a full image name such as {@code registry.example/app/web:1.0}
     * @return the manifest; empty if the layout has no such image
     * @throws NotFoundException if there is no layout, or it lacks the blob that the entry names
     * @throws InvalidInputException ({@link ErrorCode#IMAGE_CONFLICT}) if entries of equal standing mean different manifests
     * @throws InvalidInputException ({@link ErrorCode#INVALID_DIGEST}) if the name's digest is malformed
     * @throws StoreException if the blob has another size than the entry says
     */
    public Optional<Descriptor> findImage(CallScope scope, String name) {
        scope.throwIfCancelled();
        IndexDocument document = index.read().orElseThrow(() -> noLayout("HEAD"));
        Optional<String> digest = ImageName.of(name).digestPart();
        Optional<Descriptor> found = digest.isPresent()
                ? find(scope, document, Digest.parse(digest.get()))
                : document.images().find(name);
        found.ifPresent(blobs::require);
        return found;
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        scope.throwIfCancelled();
        return blobs.holds(scope, descriptor);
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        if (offset < 0 || offset > descriptor.size()) {
            throw new IllegalArgumentException("offset " + offset + " in " + descriptor.size() + " bytes");
        }
        scope.throwIfCancelled();
        return blobs.open(scope, descriptor, offset);
    }

    /** The names of all entries, each once, in the order of the index. */
    @Override
    public List<String> tags(CallScope scope) {
        scope.throwIfCancelled();
        return index.read().orElseThrow(() -> noLayout("GET")).names();
    }

    @Override
    public Inventory inventory(CallScope scope) {
        creation.require();
        return new LayoutInspection(directory, index).inventory(scope);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.LOCAL;
    }

    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        hints.tags().forEach(LayoutStore::checkName);
        scope.throwIfCancelled();
        creation.ensure(scope);
        PushOutcome outcome = blobs.write(scope, descriptor, content, hints.bytesSent());
        if (descriptor.mediaType().kind() == MediaType.Kind.INDEX) {
            roots.lists(
                    smallContent(scope, descriptor).map(ManifestContent::listed).orElse(List.of()));
        }
        if (!hints.tags().isEmpty()) {
            index.change(scope, document -> {
                IndexDocument changed = document;
                for (String tag : hints.tags()) {
                    changed = changed.withName(tag, descriptor);
                }
                return changed;
            });
        } else if (descriptor.mediaType().isManifest()) {
            roots.pushed(descriptor);
        }
        return outcome;
    }

    /**
     * Gives a manifest a name, which may be a tag or a full image name; other names of the manifest stay.
     *
     * @throws NotFoundException if the layout does not hold the manifest
     * @throws InvalidInputException if the name is not one that the specification's grammar for names can hold
     */
    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        checkName(tag);
        scope.throwIfCancelled();
        if (!blobs.holds(scope, manifest)) {
            throw absent("PUT", manifest.digest().toString(), null);
        }
        creation.ensure(scope);
        index.change(scope, document -> document.withName(tag, manifest));
    }

    /** Lists in {@code index.json} what was pushed by digest alone; closing again does nothing more. */
    @Override
    public void close() {
        List<Descriptor> untagged = roots.take();
        if (!untagged.isEmpty()) {
            index.change(CallScope.unbounded(), document -> document.withEntries(untagged));
        }
    }

    private Optional<Descriptor> find(CallScope scope, IndexDocument document, Digest digest) {
        return document.of(digest).or(() -> unlisted(scope, digest));
    }

    /** A manifest that the index does not list, recognised by its content. */
    private Optional<Descriptor> unlisted(CallScope scope, Digest digest) {
        OptionalLong size = directory.blobSize(digest);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        Descriptor blob = Descriptor.of(new MediaType("application/octet-stream"), digest, size.getAsLong());
        return smallContent(scope, blob)
                .flatMap(ManifestContent::type)
                .map(type -> Descriptor.of(type, digest, blob.size()));
    }

    /** Content that may be a manifest; empty if it is larger than manifests are. */
    private Optional<byte[]> smallContent(CallScope scope, Descriptor descriptor) {
        int limit = JsonLimits.MANIFEST.maxBytes();
        return descriptor.size() > limit
                ? Optional.empty()
                : Optional.of(Verified.readAll(scope, this, descriptor, limit));
    }

    static Optional<Digest> digest(String tagOrDigest) {
        boolean isDigest = Arrays.stream(Digest.Algorithm.values())
                .anyMatch(algorithm -> tagOrDigest.startsWith(algorithm.prefix() + ":"));
        return isDigest ? Optional.of(Digest.parse(tagOrDigest)) : Optional.empty();
    }

    static void checkName(String name) {
        if (!NAME.matcher(name).matches() || digest(name).isPresent()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "invalid tag \"" + name + "\"",
                    "A tag in a layout is a registry's tag or a full image name.");
        }
    }

    private NotFoundException noLayout(String verb) {
        return LayoutCreation.absent(verb, directory);
    }

    private NotFoundException absent(String verb, String what, @Nullable String hint) {
        return new NotFoundException(verb + " " + directory + " " + what, what + " is not in " + directory, hint);
    }
}
