/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.archive.Spool;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.StoreId;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * An image that an engine saved, as a store. The archive and the layers that had to be compressed lie in temporary files without
 * names, which go when this is closed; memory is bounded whatever the image's size. Safe for use by several threads.
 *
 * <p>Whatever tag is asked for, there is this one image.
 */
public final class SavedImageStore implements ReadableStore {
    private final StoreId id;
    private final ArchiveFile archive;
    private final Spool spool;
    private final Descriptor root;
    private final Map<Digest, SavedEntry> contents;

    private SavedImageStore(
            StoreId id, ArchiveFile archive, Spool spool, Descriptor root, Map<Digest, SavedEntry> contents) {
        this.id = id;
        this.archive = archive;
        this.spool = spool;
        this.root = root;
        this.contents = Map.copyOf(contents);
    }

    /** Where an engine's image is. */
    static StoreId id(String image) {
        return new StoreId("docker-daemon", "", image);
    }

    /**
     * Reads an archive of one image, as {@link DockerEngine#save} gives it, to its end. What the stream throws passes through.
     *
     * @param image what the image is called, for messages
     * @param limit the most bytes that are taken
     * @throws InvalidInputException ({@link ErrorCode#INVALID_ARCHIVE}, {@link ErrorCode#LIMIT_EXCEEDED}) if the archive is damaged or
     *     hostile, or holds other than one image
     * @throws IntegrityException if a layer is not what the image's configuration says
     * @throws FileException if there is no room for the archive or the compressed layers
     */
    public static SavedImageStore read(CallScope scope, String image, InputStream archive, long limit) {
        return open(scope, id(image), ArchiveFile.receive(scope, "of " + image + " from the engine", archive, limit));
    }

    private static SavedImageStore open(CallScope scope, StoreId id, ArchiveFile archive) {
        boolean opened = false;
        Spool spool = Spool.create();
        try {
            SavedImage image = new SavedImage(scope, archive, spool);
            Descriptor root = image.prepare();
            SavedImageStore store = new SavedImageStore(id, archive, spool, root, image.contents());
            opened = true;
            return store;
        } finally {
            if (!opened) {
                closeBoth(archive, spool);
            }
        }
    }

    private static void closeBoth(ArchiveFile archive, Spool spool) {
        try {
            archive.close();
        } finally {
            spool.close();
        }
    }

    /** The image's manifest or index. */
    public Descriptor root() {
        return root;
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        scope.throwIfCancelled();
        if (tagOrDigest.indexOf(':') >= 0 && !tagOrDigest.equals(root.digest().toString())) {
            throw absent(tagOrDigest);
        }
        return root;
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        scope.throwIfCancelled();
        return contents.containsKey(descriptor.digest());
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        if (offset < 0 || offset > descriptor.size()) {
            throw new IllegalArgumentException("offset " + offset + " in " + descriptor.size() + " bytes");
        }
        scope.throwIfCancelled();
        SavedEntry entry = contents.get(descriptor.digest());
        if (entry == null) {
            throw absent(descriptor.digest().toString());
        }
        return entry.open(scope, offset);
    }

    private NotFoundException absent(String what) {
        return new NotFoundException("GET " + id + " " + what, what + " is not in " + id, null);
    }

    /** No tags: an engine's image has names, and this is one of them. */
    @Override
    public List<String> tags(CallScope scope) {
        scope.throwIfCancelled();
        return List.of();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.LOCAL;
    }

    @Override
    public void close() {
        closeBoth(archive, spool);
    }
}
