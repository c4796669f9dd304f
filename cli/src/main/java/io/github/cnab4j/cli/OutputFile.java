/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * A file that a result goes to: whole or not at all. Its path is checked when this is made, so that no work is done in vain.
 * The content is staged beside the file and moved into place; a symbolic link is followed, an existing file keeps its
 * permissions. What is no regular file (a device, a pipe) is written as it is.
 */
final class OutputFile implements Output {
    private static final int MAX_LINKS = 40;

    private final String name;
    private final Path file;
    private final boolean special;

    private OutputFile(String name, Path file, boolean special) {
        this.name = name;
        this.file = file;
        this.special = special;
    }

    /**
     * Checks that a file can be written.
     *
     * @param path as the user gives it, for messages
     * @param file the same, absolute
     * @throws FileException if it cannot
     */
    static OutputFile at(String path, Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw unwritable(path, "it is a directory");
            }
            if (Files.exists(file) && !Files.isWritable(file)) {
                throw unwritable(path, "it is read-only");
            }
            if (isSpecial(file)) {
                return new OutputFile(path, file, true);
            }
            Path target = followLinks(path, file);
            Path directory = target.toAbsolutePath().getParent();
            if (directory == null || !Files.isDirectory(directory)) {
                throw unwritable(path, "its directory does not exist");
            }
            if (!Files.isWritable(directory)) {
                throw unwritable(path, "its directory is read-only");
            }
            return new OutputFile(path, directory.toRealPath().resolve(fileName(target)), false);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    @Override
    public boolean collidesWith(Output other) {
        return !special && other instanceof OutputFile that && !that.special && sameFile(that);
    }

    private boolean sameFile(OutputFile that) {
        if (file.equals(that.file)) {
            return true;
        }
        try {
            // A case-insensitive file system, or two hard links to one file.
            return Files.exists(file) && Files.exists(that.file) && Files.isSameFile(file, that.file);
        } catch (IOException unknowable) {
            return false;
        }
    }

    @Override
    public Staged stage(byte[] content) {
        try {
            if (special) {
                return new InPlace(content);
            }
            Path staged = create(content);
            return new Replacement(staged);
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    private Path create(byte[] content) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Path staged = file.resolveSibling(
                    "." + fileName(file) + "." + ProcessHandle.current().pid() + "-" + attempt + ".tmp");
            try (FileChannel channel =
                    FileChannel.open(staged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                fill(channel, staged, content);
                return staged;
            } catch (FileAlreadyExistsException e) {
                if (attempt >= 100) {
                    throw e;
                }
            }
        }
    }

    private void fill(FileChannel channel, Path staged, byte[] content) throws IOException {
        boolean whole = false;
        try {
            copyPermissions(staged);
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(staged);
            }
        }
    }

    private void copyPermissions(Path staged) throws IOException {
        PosixFileAttributeView to = Files.getFileAttributeView(staged, PosixFileAttributeView.class);
        if (to != null && Files.exists(file)) {
            to.setPermissions(Files.getPosixFilePermissions(file));
        }
    }

    /** Names below /dev may lead to a regular file that a shell has opened: moving another into its place would lose the content. */
    private static boolean isSpecial(Path file) {
        return Files.exists(file)
                && (!Files.isRegularFile(file) || file.startsWith("/dev") || file.startsWith("/proc"));
    }

    private static Path followLinks(String path, Path file) throws IOException {
        Path target = file;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links >= MAX_LINKS) {
                throw unwritable(path, "too many symbolic links");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static Path fileName(Path file) {
        Path fileName = file.getFileName();
        return fileName == null ? file : fileName;
    }

    private static FileException unwritable(String path, String why) {
        return new FileException(path + " cannot be written: " + why, null, null);
    }

    private static FileException failure(String path, IOException e) {
        return new FileException(path + " cannot be written: " + Reason.of(e), null, e);
    }

    /** A new file that takes the old one's place. */
    private final class Replacement implements Staged {
        private final Path staged;
        private boolean pending = true;

        Replacement(Path staged) {
            this.staged = staged;
        }

        @Override
        public void commit() {
            try {
                Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                pending = false;
            } catch (IOException e) {
                throw failure(name, e);
            }
        }

        @Override
        public void close() {
            if (!pending) {
                return;
            }
            try {
                Files.deleteIfExists(staged);
            } catch (IOException e) {
                throw failure(staged.toString(), e);
            }
        }
    }

    /** Content for something that has no place to be moved to. */
    private final class InPlace implements Staged {
        private final byte[] content;

        InPlace(byte[] content) {
            this.content = content;
        }

        @Override
        public void commit() {
            try {
                Files.write(file, content, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw failure(name, e);
            }
        }

        @Override
        public void close() {}
    }
}
