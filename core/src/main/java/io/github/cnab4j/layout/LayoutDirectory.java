/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the files of a layout are, and the only access to them. The root may be a symbolic link, it is the user's choice;
 * below it no link is followed and nothing but regular files and directories is opened, for a layout may come from anywhere.
 */
final class LayoutDirectory {
    private static final String OWN = ".cnab4j";

    private final Path root;

    LayoutDirectory(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path header() {
        return root.resolve("oci-layout");
    }

    Path index() {
        return root.resolve("index.json");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path blobs(Digest.Algorithm algorithm) {
        return blobs().resolve(algorithm.prefix());
    }

    Path blob(Digest digest) {
        return blobs(digest.algorithm()).resolve(digest.hex());
    }

    /** The directory of files that are no part of the layout: the lock, and content on its way. */
    Path own() {
        return root.resolve(OWN);
    }

    Path lockFile() {
        return own().resolve("lock");
    }

    /** A file for content on its way, of a name that nobody else has. */
    Path newPart() {
        return own().resolve(UUID.randomUUID() + ".part");
    }

    boolean isOwn(Path child) {
        return child.endsWith(OWN);
    }

    /** What is at a path, itself and not what it may link to; empty if nothing is. */
    Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** The attributes of a blob's file; empty if there is none. */
    Optional<BasicFileAttributes> blobAttributes(Digest digest) {
        try {
            if (!isDirectory(blobs()) || !isDirectory(blobs(digest.algorithm()))) {
                return Optional.empty();
            }
            Optional<BasicFileAttributes> found = attributes(blob(digest));
            if (found.isPresent() && !found.get().isRegularFile()) {
                throw notPlain(blob(digest), "a regular file");
            }
            return found;
        } catch (IOException failed) {
            throw FileFailures.of(this, "look for " + digest, failed);
        }
    }

    /** Opens a blob's file for reading; its attributes have been looked at before. */
    FileChannel openBlob(Digest digest) throws IOException {
        return FileChannel.open(blob(digest), StandardOpenOption.READ, NOFOLLOW_LINKS);
    }

    /** The whole of a small file; empty if there is none. */
    Optional<byte[]> readSmall(Path file, int limit) {
        String name = root.relativize(file).toString();
        try {
            Optional<BasicFileAttributes> found = attributes(file);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (!found.get().isRegularFile()) {
                throw notPlain(file, "a regular file");
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS)) {
                if (channel.size() > limit) {
                    throw new InvalidInputException(
                            ErrorCode.LIMIT_EXCEEDED,
                            name + " of " + this + " has " + channel.size() + " bytes, the limit is " + limit);
                }
                ByteBuffer content = ByteBuffer.allocate((int) channel.size());
                while (content.hasRemaining() && channel.read(content) >= 0) {}
                if (content.hasRemaining()) {
                    throw new IOException("the file became shorter while it was read");
                }
                return Optional.of(content.array());
            }
        } catch (IOException failed) {
            throw FileFailures.of(this, "read " + name, failed);
        }
    }

    /** Replaces a small file as one: readers see what was there before or all of the content. On disk when this returns. */
    void replaceSmall(Path file, byte[] content) throws IOException {
        Path part = newPart();
        try {
            try (FileChannel channel = createPart(part)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(false);
            }
            move(part, file);
            sync(root);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Opens a new file for content on its way. Plain permissions, so that what it becomes can be read by others. */
    FileChannel createPart(Path part) throws IOException {
        return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void move(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a directory below the root if it is not there. */
    void makeDirectory(Path path) throws IOException {
        if (!isDirectory(path)) {
            try {
                Files.createDirectory(path);
            } catch (FileAlreadyExistsException madeByAnother) {
                isDirectory(path);
            }
        }
    }

    /** Makes the names in a directory survive a power failure. Windows has no such call and needs none. */
    void sync(Path path) throws IOException {
        if (File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private boolean isDirectory(Path path) throws IOException {
        Optional<BasicFileAttributes> found = attributes(path);
        if (found.isPresent() && !found.get().isDirectory()) {
            throw notPlain(path, "a directory");
        }
        return found.isPresent();
    }

    private FileException notPlain(Path path, String expected) {
        return new FileException(
                root.relativize(path) + " of " + this + " is not " + expected,
                "Links inside a layout are not followed: copy it with the links resolved (cp -rL).",
                null);
    }

    /** {@code oci:} and the root as the user gave it. */
    @Override
    public String toString() {
        return "oci:" + root;
    }
}
