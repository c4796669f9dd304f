/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.store.CallScope;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Writes an archive in one pass. The file is made beside the place where it belongs and takes that place, on disk, when {@link
 * #commit} is called; if this is closed before, nothing is left. A symbolic link is followed. Equal entries in equal order, at
 * equal compression, give equal bytes.
 *
 * <p>All methods throw {@link FileException} if the file system fails. Not safe for use by several threads.
 */
public final class ArchiveWriter implements AutoCloseable {
    private static final int BUFFER = 256 << 10;
    private static final String HINT = "What was there before is unchanged. Check free space and permissions.";

    private final CallScope scope;
    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final SealedOutput raw;
    private final OutputStream tar;
    private final Set<String> directories = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER];
    private final Compression compression;
    private final boolean compressed;
    private boolean committed;

    private ArchiveWriter(CallScope scope, Path file, Compression compression) throws IOException {
        this.scope = scope;
        this.file = file;
        this.compression = compression;
        this.part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.raw = new SealedOutput(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
        boolean opened = false;
        try {
            this.tar = compressed(raw, compression);
            this.compressed = compression.kind() != Compression.Kind.NONE;
            opened = true;
        } finally {
            if (!opened) {
                removePart();
            }
        }
    }

    private static OutputStream compressed(OutputStream raw, Compression compression) throws IOException {
        return switch (compression.kind()) {
            case NONE -> raw;
            case GZIP -> new GzipOutput(raw, compression.level());
            case ZSTD -> Zstandard.compress(raw, compression.level());
        };
    }

    /**
     * Begins an archive. What is at the path stays as it is until {@link #commit}.
     *
     * @param scope stops the writing
     */
    public static ArchiveWriter create(CallScope scope, Path path, Compression compression) {
        Path file = checked(path);
        try {
            return new ArchiveWriter(scope, file, compression);
        } catch (IOException failed) {
            throw failure(file, failed);
        }
    }

    /**
     * Checks that an archive can be written, before work is done for it.
     *
     * @return the file that it becomes, links followed
     */
    public static Path checked(Path path) {
        try {
            boolean present = Files.exists(path);
            if (present && !Files.isRegularFile(path)) {
                throw new FileException(
                        path + " cannot be written: it is no regular file",
                        "An archive is put in place as a whole: name a file.",
                        null);
            }
            Path file = present ? path.toRealPath() : path.toAbsolutePath();
            Path directory = file.getParent();
            if (file.getFileName() == null || directory == null || !Files.isDirectory(directory)) {
                throw new FileException(path + " cannot be written: its directory does not exist", null, null);
            }
            if (!Files.isWritable(directory) || (present && !Files.isWritable(file))) {
                throw new FileException(path + " cannot be written: permission denied", null, null);
            }
            return file;
        } catch (IOException failed) {
            throw failure(path, failed);
        }
    }

    /**
     * Adds a file that no digest names, and the directories that lead to it. Its own digest stands before it, in a comment that readers
     * pass over (POSIX.1-2001, "pax Header Block"): {@link ArchiveFile} sees by it that the content is what was written.
     */
    public void add(String name, byte[] content) {
        scope.throwIfCancelled();
        try {
            begin(name);
            tar.write(TarHeader.withDigest(name, content));
            tar.write(content);
            tar.write(new byte[TarHeader.padding(content.length)]);
        } catch (IOException failed) {
            throw failure(file, failed);
        }
    }

    /**
     * Adds a file, and the directories that lead to it.
     *
     * @param size number of bytes that {@code content} yields
     * @param content closed by the caller; it proves itself, and fails with the library's exceptions, which pass through
     */
    public void add(String name, long size, InputStream content) {
        try {
            begin(name);
            tar.write(TarHeader.of(name, TarHeader.FILE, size));
            long left = size;
            while (left > 0) {
                scope.throwIfCancelled();
                int n = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new IllegalStateException(name + " ended " + left + " bytes early");
                }
                tar.write(buffer, 0, n);
                left -= n;
            }
            tar.write(new byte[TarHeader.padding(size)]);
        } catch (IOException failed) {
            throw failure(file, failed);
        }
    }

    private void begin(String name) throws IOException {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            String directory = name.substring(0, slash + 1);
            if (directories.add(directory)) {
                tar.write(TarHeader.of(directory, TarHeader.DIRECTORY, 0));
            }
        }
    }

    /**
     * Ends the archive and puts it in its place.
     *
     * @return its size in bytes
     */
    public long commit() {
        try {
            tar.write(new byte[2 * TarHeader.BLOCK]);
            if (tar instanceof GzipOutput gzip) {
                gzip.finish();
            } else if (compressed) {
                tar.close();
            }
            raw.finish(compression.kind());
            return place();
        } catch (IOException failed) {
            throw failure(file, failed);
        }
    }

    private long place() throws IOException {
        scope.throwIfCancelled();
        try (FileChannel whole = FileChannel.open(part, StandardOpenOption.WRITE)) {
            whole.force(true);
        }
        long size = Files.size(part);
        scope.throwIfCancelled();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        committed = true;
        return size;
    }

    /** Lets go of the file; without {@link #commit} nothing is left of it. */
    @Override
    public void close() {
        try {
            try {
                if (compressed) {
                    tar.close();
                }
            } finally {
                removePart();
            }
        } catch (IOException failed) {
            if (committed) {
                throw failure(file, failed);
            }
            // What was being written is gone, which is what was wanted; why it was is being reported already.
        }
    }

    private void removePart() throws IOException {
        try {
            channel.close();
        } finally {
            if (!committed) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static FileException failure(Path file, IOException cause) {
        return new FileException(file + " cannot be written: " + ArchiveFailures.reason(cause), HINT, cause);
    }
}
