/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.CancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One content on its way from the thread that reads it to the thread that takes it, with bounded room between them. */
final class Pipe extends InputStream {
    private static final int CHUNK = 256 << 10;
    private static final int MOST_CHUNKS = 8;

    private final long size;
    private final Consumer<Pipe> whenTaken;
    private final Object lock = new Object();
    private final Deque<Chunk> full = new ArrayDeque<>();
    private final Deque<Chunk> empty = new ArrayDeque<>();
    private int chunks;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    /** Bytes that wait; one thread at a time has a chunk. */
    private static final class Chunk {
        private final byte[] bytes;
        private int position;
        private int limit;

        Chunk(int size) {
            this.bytes = new byte[size];
        }

        /** Returns whether there was less than there is room for. */
        boolean fill(InputStream in) throws IOException {
            position = 0;
            limit = in.readNBytes(bytes, 0, bytes.length);
            return limit < bytes.length;
        }

        boolean isEmpty() {
            return position == limit;
        }

        int take(byte[] buffer, int offset, int length) {
            int n = Math.min(length, limit - position);
            System.arraycopy(bytes, position, buffer, offset, n);
            position += n;
            return n;
        }
    }

    /** @param whenTaken told once, when the pipe needs no more room */
    Pipe(long size, Consumer<Pipe> whenTaken) {
        this.size = size;
        this.whenTaken = whenTaken;
    }

    /** The most bytes that wait in it. */
    int capacity() {
        return (int) Math.min(Math.max(size, 1), (long) CHUNK * MOST_CHUNKS);
    }

    boolean isLarge() {
        return size > (long) CHUNK * MOST_CHUNKS;
    }

    /** Puts a whole content in, waiting for room. */
    void fill(InputStream in) throws IOException, InterruptedException {
        while (true) {
            Chunk chunk = emptyChunk();
            boolean last = chunk.fill(in);
            synchronized (lock) {
                if (!chunk.isEmpty()) {
                    full.add(chunk);
                }
                ended = last;
                lock.notifyAll();
                if (ended) {
                    return;
                }
            }
        }
    }

    private Chunk emptyChunk() throws InterruptedException {
        synchronized (lock) {
            while (empty.isEmpty() && chunks == MOST_CHUNKS && failure == null && !closed) {
                lock.wait();
            }
            if (closed || failure != null) {
                throw new InterruptedException();
            }
            Chunk chunk = empty.poll();
            if (chunk == null) {
                chunks++;
                chunk = new Chunk((int) Math.min(CHUNK, size + 1));
            }
            return chunk;
        }
    }

    /** Has the taker fail, unless it has all there is. */
    void fail(Throwable why) {
        synchronized (lock) {
            if (!ended && failure == null) {
                failure = why;
            }
            lock.notifyAll();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        Chunk chunk = fullChunk();
        if (chunk == null) {
            return -1;
        }
        int n = chunk.take(buffer, offset, length);
        if (chunk.isEmpty()) {
            synchronized (lock) {
                full.remove();
                empty.add(chunk);
                lock.notifyAll();
            }
        }
        return n;
    }

    private @Nullable Chunk fullChunk() {
        synchronized (lock) {
            while (full.isEmpty() && !ended && failure == null) {
                try {
                    lock.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new CancelledException("interrupted");
                }
            }
            rethrow(failure);
            return full.peek();
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            full.clear();
            empty.clear();
            lock.notifyAll();
        }
        whenTaken.accept(this);
    }
}
