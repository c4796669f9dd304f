/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.oci.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Where the files of a layout are, and the only access to them. The root may be a symbolic link, it is the user's choice;
 * below it no link is followed and nothing but regular files and directories is opened, for a layout may come from anywhere.
 */
final class LayoutDirectory {
    private static final String OWN = ".cnab4j";
    private static final String PART = ".part";

    private final Path root;
    private final boolean durable;

    LayoutDirectory(Path root) {
        this(root, true);
    }

    /** @param durable whether what is said to be on disk is waited for */
    LayoutDirectory(Path root, boolean durable) {
        this.root = root;
        this.durable = durable;
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

    /** What {@code index.json} was when this library wrote it last. */
    Path indexCopy() {
        return own().resolve("index.json");
    }

    /** A file for content on its way, of a name that nobody else has. */
    Path newPart() {
        return own().resolve(UUID.randomUUID() + PART);
    }

    /** All content on its way, also of other processes. */
    List<Path> parts() throws IOException {
        List<Path> parts = new ArrayList<>();
        for (Path child : children(own())) {
            if (child.toString().endsWith(PART) && Files.isRegularFile(child, NOFOLLOW_LINKS)) {
                parts.add(child);
            }
        }
        return parts;
    }

    List<Path> children(Path parent) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            List<Path> found = new ArrayList<>();
            children.forEach(found::add);
            return found;
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
    }

    /** The size of a blob's file; empty if there is none. */
    OptionalLong blobSize(Digest digest) {
        try {
            if (!isDirectory(blobs()) || !isDirectory(blobs(digest.algorithm()))) {
                return OptionalLong.empty();
            }
            Optional<BasicFileAttributes> found = regularFile(blob(digest));
            return found.isPresent() ? OptionalLong.of(found.get().size()) : OptionalLong.empty();
        } catch (IOException failed) {
            throw FileFailures.reading(this, "look for " + digest, failed);
        }
    }

    /** Opens a blob's file for reading; its size has been asked for before, which refuses what is no file. */
    FileChannel openBlob(Digest digest) throws IOException {
        return FileChannel.open(blob(digest), StandardOpenOption.READ, NOFOLLOW_LINKS);
    }

    /** Opens the lock's file, which is made if it is absent. */
    FileChannel openLock() throws IOException {
        regularFile(lockFile());
        return FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
    }

    /** The whole of a small file; empty if there is none. */
    Optional<byte[]> readSmall(Path file, int limit) {
        String name = root.relativize(file).toString();
        try {
            if (regularFile(file).isEmpty()) {
                return Optional.empty();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS)) {
                if (channel.size() > limit) {
                    throw new FileException(
                            name + " of " + this + " has " + channel.size() + " bytes, the limit is " + limit,
                            "Spread the images over several layouts.",
                            null);
                }
                ByteBuffer content = ByteBuffer.allocate((int) channel.size());
                while (content.hasRemaining() && channel.read(content) >= 0) {}
                if (content.hasRemaining()) {
                    throw new IOException("the file became shorter while it was read");
                }
                return Optional.of(content.array());
            }
        } catch (IOException failed) {
            throw FileFailures.reading(this, "read " + name, failed);
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
                if (durable) {
                    channel.force(false);
                }
            }
            move(part, file);
            sync(root);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Writes the copy of {@code index.json} that a check compares it with. It may be lost or stale without harm, so it is not forced to
     * disk, and what keeps it from being written keeps nobody from working.
     */
    void rewriteCopy(byte[] content) throws IOException {
        Path part = newPart();
        try {
            Files.write(part, content, StandardOpenOption.CREATE_NEW);
            move(part, indexCopy());
        } catch (IOException failed) {
            Files.deleteIfExists(indexCopy());
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

    /** Makes the names of all blobs survive a power failure. */
    void syncBlobs() throws IOException {
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            if (isDirectory(blobs(algorithm))) {
                sync(blobs(algorithm));
            }
        }
        sync(blobs());
    }

    /** Makes the names in a directory survive a power failure. Windows has no such call and needs none. */
    void sync(Path path) throws IOException {
        if (durable && File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Whether a directory is there; anything else of that name is refused. */
    private boolean isDirectory(Path path) throws IOException {
        Optional<BasicFileAttributes> found = attributes(path);
        if (found.isPresent() && !found.get().isDirectory()) {
            throw unusable(path, found.get(), "a directory");
        }
        return found.isPresent();
    }

    /** The attributes of a regular file; empty if there is none; anything else of that name is refused. */
    private Optional<BasicFileAttributes> regularFile(Path path) throws IOException {
        Optional<BasicFileAttributes> found = attributes(path);
        if (found.isPresent() && !found.get().isRegularFile()) {
            throw unusable(path, found.get(), "a regular file");
        }
        return found;
    }

    /** What is at a path, itself and not what it may link to; empty if nothing is. */
    private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private FileException unusable(Path path, BasicFileAttributes actual, String expected) {
        return new FileException(
                root.relativize(path) + " of " + this + " is not " + expected,
                actual.isSymbolicLink()
                        ? "Links inside a layout are not followed: copy it with the links resolved (cp -rL)."
                        : "The layout is damaged: take it from its source again.",
                null);
    }

    /** {@code oci:} and the root as the user gave it. */
    @Override
    public String toString() {
        return "oci:" + root;
    }
}
