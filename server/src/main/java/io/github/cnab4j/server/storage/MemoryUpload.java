/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** An upload of a {@link MemoryRepository}; hashes what comes in by the expected algorithm. */
final class MemoryUpload implements Upload {
    private static final int FIRST_SEGMENT = 16 * 1024;
    private static final int MAX_SEGMENT = 1024 * 1024;
    /** So long a writer that comes back after a lost connection waits for the server to notice the loss. */
    private static final long PATIENCE_SECONDS = 5;

    private final String id;
    private final MemoryRepository repository;
    private final Digest.Algorithm algorithm;
    private final MessageDigest hash;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<byte[]> segments = new ArrayList<>();
    private final AtomicLong size = new AtomicLong();
    private boolean ended;

    MemoryUpload(String id, MemoryRepository repository, Digest.Algorithm algorithm) {
        this.id = id;
        this.repository = repository;
        this.algorithm = algorithm;
        this.hash = algorithm.newHash();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long size() {
        return size.get();
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        acquire();
        try {
            if (offset != size.get()) {
                throw new UploadOffsetException(offset, size.get());
            }
            receive(content);
            return size.get();
        } finally {
            lock.unlock();
        }
    }

    private void receive(InputStream content) throws IOException {
        int segmentSize = FIRST_SEGMENT;
        byte[] segment = new byte[segmentSize];
        int filled = 0;
        try {
            for (int n = content.read(segment); n >= 0; n = content.read(segment, filled, segmentSize - filled)) {
                hash.update(segment, filled, n);
                filled += n;
                if (filled == segmentSize) {
                    keep(segment, filled);
                    segmentSize = Math.min(segmentSize * 2, MAX_SEGMENT);
                    segment = new byte[segmentSize];
                    filled = 0;
                }
            }
        } finally {
            keep(segment, filled);
        }
    }

    private void keep(byte[] segment, int filled) {
        if (filled > 0) {
            segments.add(filled == segment.length ? segment : Arrays.copyOf(segment, filled));
            size.addAndGet(filled);
        }
    }

    @Override
    public boolean commit(Digest digest) throws IOException {
        acquire();
        try {
            ended = true;
            MemoryBlob blob = new MemoryBlob(List.copyOf(segments), size.get());
            boolean right = digest.equals(digestOf(blob, digest.algorithm()));
            if (right) {
                repository.add(digest, blob);
            }
            repository.ended(this);
            return right;
        } finally {
            lock.unlock();
        }
    }

    private Digest digestOf(MemoryBlob blob, Digest.Algorithm wanted) {
        if (wanted == algorithm) {
            return algorithm.finish(hash);
        }
        MessageDigest other = wanted.newHash();
        blob.segments().forEach(other::update);
        return wanted.finish(other);
    }

    @Override
    public void cancel() throws IOException {
        acquire();
        try {
            ended = true;
            repository.ended(this);
        } finally {
            lock.unlock();
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
        if (ended) {
            lock.unlock();
            throw new UploadEndedException();
        }
    }
}
