/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Room on disk for bytes that have to wait, in the Java runtime's directory for temporary files. The file has no name where the
 * system allows that, so nothing is left even of a process that is killed, and nobody else may read it. Safe for use by several
 * threads.
 */
public final class Spool implements AutoCloseable {
    private static final String HINT =
            "Make room there, or name another directory: -Djava.io.tmpdir=DIR (of the command CNAB4J_JAVA_OPTS).";

    private final Path directory;
    private final FileChannel channel;
    private long size;

    private Spool(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * An empty one.
     *
     * @throws FileException if there can be none
     */
    public static Spool create() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir", "."));
        try {
            Path file = directory.resolve("cnab4j-" + UUID.randomUUID() + ".spool");
            Set<StandardOpenOption> options = Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            return new Spool(directory, FileChannel.open(file, options, ownerOnly(directory)));
        } catch (IOException failed) {
            throw failure(directory, failed);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Adds bytes at the end.
     *
     * @return where they begin
     * @throws FileException if there is no room for them
     */
    public synchronized long append(byte[] bytes, int offset, int length) {
        long start = size;
        try {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                size += channel.write(rest, size);
            }
            return start;
        } catch (IOException failed) {
            throw failure(directory, failed);
        }
    }

    /** What was added from a place on. */
    public InputStream open(long start, long length) {
        return new Section(channel, directory.toString(), () -> {}, start, length);
    }

    /** How many bytes were added. */
    synchronized long size() {
        return size;
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives the room back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw failure(directory, failed);
        }
    }

    private static FileException failure(Path directory, IOException cause) {
        return new FileException(
                "no temporary file in " + directory + ": " + ArchiveFailures.reason(cause), HINT, cause);
    }
}
