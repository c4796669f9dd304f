/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.Verified;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OCI image layout inside an archive, read where it lies: at the archive's root, as {@code skopeo} and {@code docker save} write
 * it, or below {@code artifacts/layout}, as in thick bundles (CNAB 104). Tags and names of images are those of a {@link LayoutStore}.
 * Safe for use by several threads.
 *
 * <p>All methods throw {@link FileException} if the file system fails.
 */
public final class ArchiveStore implements WholeLayout {
    /** Where a thick bundle has its layout (CNAB 104). */
    static final String THICK = "artifacts/layout/";

    private static final String THICK_BUNDLE = "bundle.json";
    private static final String THICK_MAP = "relocation-mapping.json";
    private static final Set<String> OWN_FILES = Set.of("oci-layout", "index.json");
    private static final Set<String> THICK_FILES = Set.of(THICK_BUNDLE, "bundle.cnab", THICK_MAP);
    private static final int MAX_HEADER = 64 << 10;

    private final ArchiveFile archive;
    private final String root;
    private final StoreId id;
    private final IndexDocument index;

    private ArchiveStore(StoreId id, ArchiveFile archive, String root, IndexDocument index) {
        this.archive = archive;
        this.root = root;
        this.id = id;
        this.index = index;
    }

    static StoreId id(Path file) {
        return new StoreId("oci-archive", "", file.toAbsolutePath().normalize().toString());
    }

    /**
     * Opens an archive, which is checked as {@link ArchiveFile#open} says.
     *
     * @throws NotFoundException if there is no such file
     * @throws InvalidInputException ({@link ErrorCode#INVALID_ARCHIVE}) if it is no archive, a damaged one, or has no usable layout
     */
    public static ArchiveStore open(CallScope scope, Path file) {
        return open(scope, id(file), ArchiveFile.open(scope, file), false);
    }

    /**
     * Opens an archive whose every byte matters, as {@link ArchiveFile#openStrictly} says.
     *
     * @throws NotFoundException if there is no such file
     * @throws InvalidInputException if it is no archive, a damaged one, or has no usable layout
     */
    public static ArchiveStore openStrictly(CallScope scope, Path file) {
        return open(scope, id(file), ArchiveFile.openStrictly(scope, file), true);
    }

    private static ArchiveStore open(CallScope scope, StoreId id, ArchiveFile archive, boolean strictly) {
        boolean opened = false;
        try {
            ArchiveStore store = layout(scope, id, archive);
            if (strictly) {
                store.requireOwnDigests();
            }
            opened = true;
            return store;
        } finally {
            if (!opened) {
                archive.close();
            }
        }
    }

    /** Who wrote the digest of one of the files that no digest names has written those of the others. */
    private void requireOwnDigests() {
        if (!archive.isSelfDescribing()) {
            return;
        }
        for (String name : List.of(root + "oci-layout", root + "index.json", THICK_BUNDLE, THICK_MAP)) {
            if (archive.size(name).isPresent() && !archive.isSelfDescribing(name)) {
                throw invalid(archive, "is damaged: the digest of " + name + " is missing, others are there", null);
            }
        }
    }

    private static ArchiveStore layout(CallScope scope, StoreId id, ArchiveFile archive) {
        for (String root : List.of("", THICK)) {
            Optional<byte[]> header = archive.readSmall(scope, root + "oci-layout", MAX_HEADER);
            if (header.isPresent()) {
                requireVersion(archive, header.get());
                byte[] index = archive.readSmall(scope, root + "index.json", IndexDocument.LIMITS.maxBytes())
                        .orElseThrow(() -> invalid(archive, "has no " + root + "index.json", null));
                return new ArchiveStore(id, archive, root, parse(archive, index));
            }
        }
        throw invalid(archive, "has no OCI image layout", null);
    }

    private static void requireVersion(ArchiveFile archive, byte[] header) {
        String version;
        try {
            version = LayoutCreation.version(header);
        } catch (InvalidInputException malformed) {
            throw invalid(archive, "has an oci-layout that cannot be used: " + malformed.getMessage(), malformed);
        }
        if (!version.equals(LayoutCreation.VERSION)) {
            throw invalid(archive, "has an OCI image layout of version " + Excerpt.quoted(version), null);
        }
    }

    private static IndexDocument parse(ArchiveFile archive, byte[] index) {
        try {
            return IndexDocument.parse(index);
        } catch (InvalidInputException malformed) {
            throw invalid(archive, "has an index.json that cannot be used: " + malformed.getMessage(), malformed);
        }
    }

    /**
     * A file of the archive outside its layout; empty if there is none of this name.
     *
     * @param limit the most bytes that are taken
     * @throws InvalidInputException if it is larger
     */
    public Optional<byte[]> member(CallScope scope, String name, int limit) {
        return archive.readSmall(scope, name, limit);
    }

    /** What its {@code index.json} lists. */
    public LayoutEntries entries() {
        return index.entries();
    }

    /** The size of a blob in bytes; empty if there is none. */
    public OptionalLong blobSize(Digest digest) {
        return archive.size(blob(digest));
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        scope.throwIfCancelled();
        Optional<Digest> digest = LayoutStore.digest(tagOrDigest);
        Descriptor manifest = (digest.isPresent() ? find(scope, digest.get()) : index.named(tagOrDigest))
                .orElseThrow(() -> absent(tagOrDigest, digest.isPresent() ? null : index.contents()));
        require(manifest);
        return manifest;
    }

    /** Finds the image that a full name means, as {@link LayoutStore#findImage} does. */
    public Optional<Descriptor> findImage(CallScope scope, String name) {
        scope.throwIfCancelled();
        Optional<String> digest = ImageName.of(name).digestPart();
        Optional<Descriptor> found = digest.isPresent()
                ? find(scope, Digest.parse(digest.get()))
                : index.images().find(name);
        found.ifPresent(this::require);
        return found;
    }

    private Optional<Descriptor> find(CallScope scope, Digest digest) {
        return index.of(digest).or(() -> unlisted(scope, digest));
    }

    /** A manifest that the index does not list, recognised by its content. */
    private Optional<Descriptor> unlisted(CallScope scope, Digest digest) {
        OptionalLong size = archive.size(blob(digest));
        if (size.isEmpty() || size.getAsLong() > JsonLimits.MANIFEST.maxBytes()) {
            return Optional.empty();
        }
        Descriptor blob = Descriptor.of(new MediaType("application/octet-stream"), digest, size.getAsLong());
        byte[] content = Verified.readAll(scope, this, blob, JsonLimits.MANIFEST.maxBytes());
        return ManifestContent.type(content).map(type -> Descriptor.of(type, digest, blob.size()));
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        scope.throwIfCancelled();
        OptionalLong size = archive.size(blob(descriptor.digest()));
        return size.isPresent() && size.getAsLong() == descriptor.size();
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        if (offset < 0 || offset > descriptor.size()) {
            throw new IllegalArgumentException("offset " + offset + " in " + descriptor.size() + " bytes");
        }
        scope.throwIfCancelled();
        require(descriptor);
        return archive.open(scope, blob(descriptor.digest()), offset);
    }

    /** The names of all entries, each once, in the order of the index. */
    @Override
    public List<String> tags(CallScope scope) {
        scope.throwIfCancelled();
        return index.names();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.LOCAL;
    }

    @Override
    public void close() {
        archive.close();
    }

    @Override
    public Inventory inventory(CallScope scope) {
        scope.throwIfCancelled();
        InventoryBuilder found = new InventoryBuilder();
        for (String name : archive.names()) {
            String inside = name.startsWith(root) ? name.substring(root.length()) : "";
            if (inside.isEmpty() && !THICK_FILES.contains(name)) {
                found.odd(Excerpt.quoted(name) + " is no part of a thick bundle");
            } else if (!THICK_FILES.contains(name) && !OWN_FILES.contains(inside)) {
                found.add(inside, archive.size(name).orElse(0));
            }
        }
        if (!archive.isSelfDescribing()) {
            found.odd(
                    "the archive's writer has left no digests of oci-layout, index.json and the bundle's files: an alteration"
                            + " of these that leaves them readable is not found");
        }
        try {
            return found.build(index);
        } catch (InvalidInputException unusable) {
            throw invalid(archive, "has an index.json that cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private String blob(Digest digest) {
        return LayoutNames.blob(root, digest);
    }

    private void require(Descriptor descriptor) {
        OptionalLong size = archive.size(blob(descriptor.digest()));
        String request = "GET " + id + "@" + descriptor.digest();
        if (size.isEmpty()) {
            throw new NotFoundException(
                    request, id + " does not hold " + descriptor.digest(), "The archive is incomplete.");
        }
        if (size.getAsLong() != descriptor.size()) {
            throw new IntegrityException(
                    request,
                    "content mismatch: " + descriptor.digest() + " from " + id + " has " + size.getAsLong()
                            + " bytes instead of " + descriptor.size());
        }
    }

    private NotFoundException absent(String what, @Nullable String hint) {
        return new NotFoundException("GET " + id + " " + what, what + " is not in " + id, hint);
    }

    private static InvalidInputException invalid(
            ArchiveFile archive, String what, @Nullable InvalidInputException cause) {
        return new InvalidInputException(
                ErrorCode.INVALID_ARCHIVE,
                "archive " + archive.name() + " " + what,
                "A thick bundle has its images below artifacts/layout, other archives of images have them at their root.",
                cause);
    }
}
