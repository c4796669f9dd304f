/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.layout.LayoutFiles;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.server.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The blobs of a layout that are manifests: read whole, and never without a look at their digests. */
final class ManifestFiles {
    /** No registry takes a larger one without being told to. */
    private static final int LARGEST = 32 << 20;

    private final LayoutFiles files;
    private final boolean durable;

    ManifestFiles(LayoutFiles files, boolean durable) {
        this.files = files;
        this.durable = durable;
    }

    /** Whether there is a blob of this digest, whatever it is. */
    boolean isThere(Digest digest) {
        return files.blobSize(Digests.ofLibrary(digest)).isPresent();
    }

    /** The bytes of a manifest; empty if they are not there, damaged, or more than a manifest has. */
    Optional<byte[]> read(Digest digest) throws IOException {
        OptionalLong size = files.blobSize(Digests.ofLibrary(digest));
        if (size.isEmpty() || size.getAsLong() > LARGEST) {
            return Optional.empty();
        }
        try (FileChannel channel = files.openBlob(Digests.ofLibrary(digest))) {
            ByteBuffer content = ByteBuffer.allocate((int) size.getAsLong());
            while (content.hasRemaining() && channel.read(content) >= 0) {}
            byte[] bytes = content.array();
            return digest.algorithm().of(bytes).equals(digest) ? Optional.of(bytes) : Optional.empty();
        } catch (NoSuchFileException justRemoved) {
            return Optional.empty();
        }
    }

    /**
     * What is to be known of a blob that another tool wrote; empty if it is no manifest.
     *
     * @param mediaType the type by which it was listed; null if none is known
     */
    Optional<KnownManifest> examine(Digest digest, @Nullable String mediaType) throws IOException {
        Optional<byte[]> content = read(digest);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> type = mediaType == null
                ? LayoutFiles.manifestType(content.get()).map(MediaType::value)
                : Optional.of(mediaType);
        try {
            return type.map(known -> KnownManifest.of(digest, known, content.get()));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** Stores a manifest's bytes; their name is on disk after {@link LayoutFiles#sync}. */
    void write(Digest digest, byte[] content) throws IOException {
        Path part = files.newPart();
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                if (durable) {
                    channel.force(false);
                }
            }
            files.addBlob(Digests.ofLibrary(digest), part);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
