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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The files below {@code blobs/}. A file appears there whole, verified and on disk, or not at all; what is there is trusted by
 * its name and size, and proven by whoever reads it through {@link Verified}.
 */
final class BlobFiles {
    private static final int BUFFER = 256 << 10;
    private static final Duration ABANDONED = Duration.ofHours(24);

    private final LayoutDirectory directory;
    private final Set<Digest.Algorithm> unsynced = EnumSet.noneOf(Digest.Algorithm.class);

    BlobFiles(LayoutDirectory directory) {
        this.directory = directory;
    }

    /** Size of a blob's file; empty if there is none. */
    OptionalLong size(Digest digest) {
        return directory.blobAttributes(digest).map(BasicFileAttributes::size).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Whether the blob is there with the size that the descriptor has. */
    boolean holds(Descriptor descriptor) {
        OptionalLong size = size(descriptor.digest());
        return size.isPresent() && size.getAsLong() == descriptor.size();
    }

    /** Fails unless the blob is there with the size that the descriptor has. */
    void require(Descriptor descriptor) {
        OptionalLong size = size(descriptor.digest());
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
            throw FileFailures.of(directory, "read " + descriptor.digest(), failed);
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
            throw FileFailures.of(directory, "read " + digest, failed);
        }
    }

    /** Stores a blob unless it is there. A manifest that is there is read: what gets a tag is proven, or written anew. */
    PushOutcome write(CallScope scope, Descriptor descriptor, ContentSource content, LongConsumer written) {
        if (holds(descriptor) && (!descriptor.mediaType().isManifest() || isIntact(scope, descriptor))) {
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
            throw FileFailures.of(directory, "write " + digest, failed);
        }
        synchronized (unsynced) {
            unsynced.add(digest.algorithm());
        }
        return PushOutcome.UPLOADED;
    }

    /** Makes the names of all blobs written so far survive a power failure; their content does already. */
    void sync() throws IOException {
        Set<Digest.Algorithm> due;
        synchronized (unsynced) {
            due = EnumSet.copyOf(unsynced);
            unsynced.clear();
        }
        for (Digest.Algorithm algorithm : due) {
            directory.sync(directory.blobs(algorithm));
        }
        if (!due.isEmpty()) {
            directory.sync(directory.blobs());
        }
    }

    /** Removes what killed processes left: content on its way that nobody has written to for a day. */
    void removeAbandoned() throws IOException {
        FileTime now = fileSystemTime();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory.own(), "*.part")) {
            for (Path part : parts) {
                FileTime written = directory
                        .attributes(part)
                        .map(BasicFileAttributes::lastModifiedTime)
                        .orElse(now);
                if (written.toInstant().plus(ABANDONED).isBefore(now.toInstant())) {
                    Files.deleteIfExists(part);
                }
            }
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
