/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The files of one OCI image layout (OCI image specification, "Image Layout"), for whoever keeps a layout for others, as a server
 * does: blobs come whole and verified from elsewhere on the same file system, and many entries of {@code index.json} change at
 * once. What {@link LayoutStore} promises to other threads and processes holds here too, and both may be used at once.
 *
 * <p>Thread-safe. Methods that give {@link IOException} leave its words to the caller; the others throw {@link FileException}.
 */
public final class LayoutFiles {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}");

    private final LayoutDirectory directory;
    private final IndexFile index;

    /**
     * The files of the layout at a directory, which need not be there.
     *
     * @param durable whether what is said to be on disk when a method returns is; without that a power failure may lose it, and the
     *     death of the process not
     */
    public LayoutFiles(Path root, boolean durable) {
        this.directory = new LayoutDirectory(root, durable);
        this.index = new IndexFile(directory);
    }

    /** Something that is done while nobody else changes {@code index.json}. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /** A blob as its file is. */
    public record BlobFile(Digest digest, long size, FileTime modified) {}

    /** The layout's directory. */
    public Path root() {
        return directory.root();
    }

    /** The directory inside the layout for files that are no part of it: the lock, and content on its way. */
    public Path own() {
        return directory.own();
    }

    /** The path of {@code index.json}. */
    public Path indexFile() {
        return directory.index();
    }

    /** Whether a layout is there. */
    public boolean exists() {
        return Files.isRegularFile(directory.header());
    }

    /**
     * Makes a layout of the directory if it is none; layouts may lie in directories below it.
     *
     * @throws FileException if something else is there
     */
    public void create(CallScope scope) {
        LayoutCreation.besideOthers(directory, index, new BlobFiles(directory)).ensure(scope);
    }

    /** The size of a blob's file in bytes; empty if there is none. */
    public OptionalLong blobSize(Digest digest) {
        return directory.blobSize(digest);
    }

    /** When a blob's file was written, or {@linkplain #touch touched}; empty if there is none. */
    public Optional<FileTime> blobTime(Digest digest) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(directory.blob(digest)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Marks a blob as wanted: nothing that was touched lately is garbage. Without effect if it is absent. */
    public void touch(Digest digest, FileTime time) throws IOException {
        try {
            Files.setLastModifiedTime(directory.blob(digest), time);
        } catch (NoSuchFileException absent) {
            // Then there is nothing to keep.
        }
    }

    /** Opens a blob's file for reading; links are not followed. */
    public FileChannel openBlob(Digest digest) throws IOException {
        return directory.openBlob(digest);
    }

    /** All blobs; files of other names are left out. */
    public List<BlobFile> blobs() throws IOException {
        List<BlobFile> found = new ArrayList<>();
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            Path folder = directory.blobs(algorithm);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            for (Path file : directory.children(folder)) {
                String name = file.getFileName().toString();
                if (HEX.matcher(name).matches()
                        && name.length() == algorithm.newHash().getDigestLength() * 2) {
                    add(found, new Digest(algorithm, name));
                }
            }
        }
        return found;
    }

    private void add(List<BlobFile> found, Digest digest) throws IOException {
        OptionalLong size = blobSize(digest);
        Optional<FileTime> time = blobTime(digest);
        if (size.isPresent() && time.isPresent()) {
            found.add(new BlobFile(digest, size.getAsLong(), time.get()));
        }
    }

    /**
     * Moves a file to where the blob belongs; one that is there is replaced. The file is on the layout's file system, its content
     * has been verified and, if that matters, is on disk. Its name is on disk after {@link #sync}.
     */
    public void addBlob(Digest digest, Path file) throws IOException {
        Path folder = directory.blobs(digest.algorithm());
        if (!Files.isDirectory(folder)) {
            directory.makeDirectory(folder);
            directory.sync(directory.blobs());
        }
        directory.move(file, directory.blob(digest));
    }

    /** The path of a blob's file, which need not be there. */
    public Path blobFile(Digest digest) {
        return directory.blob(digest);
    }

    /** A path for content on its way, inside the layout and of a name that nobody else has. */
    public Path newPart() {
        return directory.newPart();
    }

    /** Makes the names of the blobs that were added survive a power failure. */
    public void sync(Digest.Algorithm algorithm) throws IOException {
        directory.sync(directory.blobs(algorithm));
    }

    /** Removes a blob; gives whether it was there. */
    public boolean deleteBlob(Digest digest) throws IOException {
        return Files.deleteIfExists(directory.blob(digest));
    }

    /**
     * What {@code index.json} lists.
     *
     * @throws FileException if it is missing or damaged
     */
    public LayoutEntries entries() {
        return index.read().orElseThrow(() -> IndexFile.missing(directory)).entries();
    }

    /** Waits until nobody else changes {@code index.json}, does the work, and lets others. */
    public void whileLocked(CallScope scope, Work work) {
        LayoutLock.hold(scope, directory, work::run);
    }

    /**
     * Changes {@code index.json} as one; only inside {@link #whileLocked}. Members and entries that this library does not know
     * stay. On disk when this returns.
     *
     * @throws CnabException if it would have more than a layout's index can, and {@code index.json} is as it was
     */
    public void changeIndex(IndexChange change) throws IOException {
        index.replace(document -> document.with(change));
    }

    /** The type of the manifest whose bytes these are; empty if it is no manifest. */
    public static Optional<MediaType> manifestType(byte[] content) {
        return ManifestContent.type(content);
    }
}
