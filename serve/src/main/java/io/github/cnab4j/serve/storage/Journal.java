/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The file of a repository's changes, and how far this process has read it. Other processes may append to it. What a killed process
 * has left of a line was never promised: it is passed over, and cut off by the next one who appends.
 *
 * <p>Not thread-safe; whoever appends or replaces holds the layout's lock.
 */
final class Journal {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final int PIECE = 1 << 20;

    private final Path file;
    private final boolean durable;
    private long position;
    private FileStamp identity = FileStamp.NONE;

    Journal(Path file, boolean durable) {
        this.file = file;
        this.durable = durable;
    }

    Path file() {
        return file;
    }

    /** Whether another file is there than the one that was read, so that all has to be read again. */
    boolean wasReplaced() throws IOException {
        FileStamp now = FileStamp.of(file);
        return position > 0 && (!Objects.equals(now.key(), identity.key()) || now.size() < position);
    }

    /** Starts reading from the beginning. */
    void restart() {
        position = 0;
    }

    /** Reads what was appended since the last time. */
    List<JournalRecord> readNew() throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            identity = FileStamp.of(file);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, channel.size() - position)));
            long at = position;
            for (int n = channel.read(piece, at); n > 0; n = channel.read(piece, at)) {
                at += n;
                take(piece.array(), n, line, records);
                piece.clear();
            }
        } catch (NoSuchFileException nothingYet) {
            position = 0;
        }
        return records;
    }

    private void take(byte[] piece, int length, ByteArrayOutputStream line, List<JournalRecord> records) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (piece[i] == '\n') {
                line.write(piece, start, i - start);
                start = i + 1;
                position += line.size() + 1L;
                byte[] whole = line.toByteArray();
                line.reset();
                JournalLine.read(whole).ifPresentOrElse(records::add, this::warn);
            }
        }
        line.write(piece, start, length - start);
    }

    private void warn() {
        LOG.log(System.Logger.Level.WARNING, "a damaged line of {0} is passed over", file);
    }

    /** Appends, after all that was there has been read; on disk when this returns. Nothing is appended if it fails. */
    void append(List<JournalRecord> records) throws IOException {
        boolean fresh = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(position);
            boolean whole = false;
            try {
                long end = write(channel, position, JournalLine.write(records));
                if (durable) {
                    channel.force(false);
                }
                position = end;
                whole = true;
            } finally {
                if (!whole) {
                    channel.truncate(position);
                }
            }
        }
        if (fresh) {
            FileSync.directory(Objects.requireNonNull(file.getParent()), durable);
        }
        identity = FileStamp.of(file);
    }

    private static long write(FileChannel channel, long offset, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        long at = offset;
        while (rest.hasRemaining()) {
            at += channel.write(rest, at);
        }
        return at;
    }

    /** Puts these records in the place of all that is there, as one. */
    void replace(List<JournalRecord> records) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        byte[] lines = JournalLine.write(records);
        try (FileChannel channel = FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            write(channel, 0, lines);
            if (durable) {
                channel.force(false);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        FileSync.directory(Objects.requireNonNull(file.getParent()), durable);
        position = lines.length;
        identity = FileStamp.of(file);
    }

    @Override
    public String toString() {
        return file + " at " + position;
    }
}
