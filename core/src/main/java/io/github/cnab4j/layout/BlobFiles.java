/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * The files below {@code blobs/}. A file appears there whole, verified and on disk, or not at all; what is there is trusted by
 * its name and size, and proven by whoever reads it through {@link Verified}.
 */
final class BlobFiles {
    private static final int BUFFER = 256 << 10;
    private static final Duration ABANDONED = Duration.ofHours(24);

    private final LayoutDirectory directory;

    BlobFiles(LayoutDirectory directory) {
        this.directory = directory;
    }

    /**
     * Whether the blob is there with the size that the descriptor has. A manifest is read as well: whoever is told that it is
     * there asks no further.
     */
    boolean holds(CallScope scope, Descriptor descriptor) {
        OptionalLong size = directory.blobSize(descriptor.digest());
        return size.isPresent()
                && size.getAsLong() == descriptor.size()
                && (!descriptor.mediaType().isManifest() || isIntact(scope, descriptor));
    }

    /** Fails unless the blob is there with the size that the descriptor has. */
    void require(Descriptor descriptor) {
        OptionalLong size = directory.blobSize(descriptor.digest());
        String request = "GET " + directory + "@" + descriptor.digest();
        if (size.isEmpty()) {
            throw new NotFoundException(
                    request, directory + " does not hold " + descriptor.digest(), "The layout may be incomplete.");
        }
        if (size.getAsLong() != descriptor.size()) {
            throw new IntegrityException(
                    request,
                    "content mismatch: " + descriptor.digest() + " from " + directory + " has " + size.getAsLong()
                            + " bytes instead of " + descriptor.size());
        }
    }

    private boolean isIntact(CallScope scope, Descriptor descriptor) {
        try (InputStream in = Verified.checking(open(scope, descriptor, 0), descriptor, directory.toString())) {
            in.skipNBytes(descriptor.size());
            return in.read() < 0;
        } catch (IntegrityException damaged) {
            return false;
        } catch (IOException failed) {
            throw FileFailures.reading(directory, "read " + descriptor.digest(), failed);
        }
    }

    InputStream open(CallScope scope, Descriptor descriptor, long offset) {
        require(descriptor);
        Digest digest = descriptor.digest();
        try {
            FileChannel channel = directory.openBlob(digest);
            channel.position(offset);
            return new BlobStream(scope, directory, digest, channel);
        } catch (IOException failed) {
            throw FileFailures.reading(directory, "read " + digest, failed);
        }
    }

    /** Stores a blob unless it is there. */
    PushOutcome write(CallScope scope, Descriptor descriptor, ContentSource content, LongConsumer written) {
        if (holds(scope, descriptor)) {
            return PushOutcome.ALREADY_PRESENT;
        }
        Digest digest = descriptor.digest();
        Path part = directory.newPart();
        try {
            try {
                writePart(scope, descriptor, content, part, written);
                scope.throwIfCancelled();
                directory.makeDirectory(directory.blobs(digest.algorithm()));
                directory.move(part, directory.blob(digest));
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw FileFailures.writing(directory, "write " + digest, failed);
        }
        return PushOutcome.UPLOADED;
    }

    /** Removes what killed processes left: content on its way that nobody has written to for a day. */
    void removeAbandoned() throws IOException {
        List<Path> parts = directory.parts();
        if (parts.isEmpty()) {
            return;
        }
        Instant abandoned = fileSystemTime().toInstant().minus(ABANDONED);
        for (Path part : parts) {
            if (isOlder(part, abandoned)) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static boolean isOlder(Path part, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(part).toInstant().isBefore(limit);
        } catch (NoSuchFileException finished) {
            return false;
        }
    }

    /** The clock that the parts' times come from, which need not be this machine's. */
    private FileTime fileSystemTime() throws IOException {
        Path probe = directory.newPart();
        try {
            directory.createPart(probe).close();
            return Files.getLastModifiedTime(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private void writePart(
            CallScope scope, Descriptor descriptor, ContentSource content, Path part, LongConsumer written)
            throws IOException {
        try (InputStream in = Verified.checking(content.open(scope), descriptor, "the source");
                FileChannel out = directory.createPart(part)) {
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(descriptor.size(), 1))];
            for (int n = read(in, buffer, descriptor); n >= 0; n = read(in, buffer, descriptor)) {
                scope.throwIfCancelled();
                ByteBuffer rest = ByteBuffer.wrap(buffer, 0, n);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                written.accept(n);
            }
            out.force(false);
        }
    }

    private static int read(InputStream in, byte[] buffer, Descriptor descriptor) {
        try {
            return in.read(buffer);
        } catch (IOException broken) {
            throw new TransportException(
                    ErrorCode.UNREACHABLE,
                    "GET " + descriptor.digest(),
                    "reading " + descriptor.digest() + " from its source failed: " + broken.getMessage(),
                    null,
                    broken);
        }
    }
}
