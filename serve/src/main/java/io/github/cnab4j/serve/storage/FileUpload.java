/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.Upload;
import io.github.cnab4j.server.storage.UploadBusyException;
import io.github.cnab4j.server.storage.UploadEndedException;
import io.github.cnab4j.server.storage.UploadOffsetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An upload as a file. What comes in is hashed on its way; where this process has not seen all of the file, because it was begun
 * before a restart or by another process, it is read once more at the end.
 */
final class FileUpload implements Upload {
    private static final int PIECE = 128 << 10;
    /** So long a writer that comes back after a lost connection waits for the server to notice the loss. */
    private static final long PATIENCE_SECONDS = 5;

    private final String id;
    private final Path file;
    private final Digest.Algorithm algorithm;
    private final LayoutRepository repository;
    private final StorageOptions options;
    private final Consumer<FileUpload> ended;
    private final ReentrantLock lock = new ReentrantLock();
    private final MessageDigest hash;
    /** How many bytes have been hashed, from the first on. */
    private long hashed;

    FileUpload(
            String id,
            Path file,
            Digest.Algorithm algorithm,
            LayoutRepository repository,
            StorageOptions options,
            Consumer<FileUpload> ended) {
        this.id = id;
        this.file = file;
        this.algorithm = algorithm;
        this.repository = repository;
        this.options = options;
        this.ended = ended;
        this.hash = algorithm.newHash();
    }

    boolean isAt(Path other) {
        return file.equals(other);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long size() {
        try {
            return Files.size(file);
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Something that is done to the open file by the one writer. */
    private interface Work<T> {
        T with(FileChannel channel) throws IOException;
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        return alone(channel -> {
            long size = channel.size();
            if (offset != size) {
                throw new UploadOffsetException(offset, size);
            }
            return receive(channel, size, content);
        });
    }

    private long receive(FileChannel channel, long start, InputStream content) throws IOException {
        byte[] piece = new byte[PIECE];
        long size = start;
        int filled = 0;
        try {
            for (int n = content.read(piece); n >= 0; n = content.read(piece, filled, PIECE - filled)) {
                filled += n;
                if (size + filled > options.maxUploadBytes()) {
                    filled = 0;
                    throw tooLarge();
                }
                if (filled == PIECE) {
                    write(channel, size, piece, filled);
                    size += filled;
                    filled = 0;
                }
            }
        } finally {
            // What was read before reading failed stays, so that the client can go on from there.
            if (filled > 0) {
                write(channel, size, piece, filled);
            }
        }
        return size + filled;
    }

    private StorageRefusal tooLarge() throws IOException {
        discard();
        return new StorageRefusal(
                413, ErrorCode.SIZE_INVALID, "a blob may have " + options.maxUploadBytes() + " bytes");
    }

    private void write(FileChannel channel, long offset, byte[] piece, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(piece, 0, length);
        try {
            long at = offset;
            while (rest.hasRemaining()) {
                at += channel.write(rest, at);
            }
        } catch (IOException failed) {
            // Mostly a full disk: the room that this upload takes is what others may need.
            discard();
            throw failed;
        }
        if (hashed == offset) {
            hash.update(piece, 0, length);
            hashed += length;
        }
    }

    @Override
    public boolean commit(Digest digest) throws IOException {
        return alone(channel -> {
            boolean right = digest.equals(digestOf(channel, digest.algorithm()));
            if (right) {
                if (options.durable()) {
                    channel.force(false);
                }
                repository.addBlob(digest, file);
                ended.accept(this);
            } else {
                discard();
            }
            return right;
        });
    }

    private Digest digestOf(FileChannel channel, Digest.Algorithm wanted) throws IOException {
        if (wanted == algorithm && hashed == channel.size()) {
            return algorithm.finish(hash);
        }
        MessageDigest fresh = wanted.newHash();
        byte[] piece = new byte[PIECE];
        long at = 0;
        for (int n = channel.read(ByteBuffer.wrap(piece), at); n >= 0; n = channel.read(ByteBuffer.wrap(piece), at)) {
            fresh.update(piece, 0, n);
            at += n;
        }
        return wanted.finish(fresh);
    }

    @Override
    public void cancel() throws IOException {
        if (Files.exists(file)) {
            alone(channel -> {
                discard();
                return true;
            });
        }
    }

    private void discard() throws IOException {
        Files.deleteIfExists(file);
        ended.accept(this);
    }

    private <T> T alone(Work<T> work) throws IOException {
        acquire();
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock held = lockFile(channel)) {
            if (!held.isValid() || !Files.exists(file)) {
                throw new UploadEndedException();
            }
            return work.with(channel);
        } catch (NoSuchFileException gone) {
            throw new UploadEndedException();
        } finally {
            lock.unlock();
        }
    }

    private static FileLock lockFile(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            if (held == null) {
                throw new UploadBusyException();
            }
            return held;
        } catch (OverlappingFileLockException sameProcess) {
            throw new UploadBusyException();
        }
    }

    private void acquire() throws IOException {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new UploadBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("waiting for an upload");
        }
    }
}
