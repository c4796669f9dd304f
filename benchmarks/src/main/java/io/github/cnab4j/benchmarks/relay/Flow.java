/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: bytes wait in a queue, each until its own time has come, so that a delay costs no throughput.
 * Times are {@link System#nanoTime}.
 */
final class Flow {
    /** No time: nothing waits for one. */
    static final long NEVER = Long.MAX_VALUE;
    /** Most bytes under way, as the window of a TCP connection limits them; 8 MiB in 25 ms are 335 MB/s. */
    static final int WINDOW = 8 * 1024 * 1024;

    private final SocketChannel source;
    private final SocketChannel sink;
    private final Buffers buffers;
    private final Consumer<ByteBuffer> listener;
    private final long delay;
    private final long notBefore;
    private final Deque<Chunk> queue = new ArrayDeque<>();
    private long underWay;
    private boolean ended;
    private boolean finished;
    private boolean blocked;
    private boolean timed;
    private boolean discards;

    /** Bytes and when they are to go on; null stands for the end. */
    private record Chunk(@Nullable ByteBuffer bytes, int size, long due) {}

    /**
     * A direction.
     *
     * @param delay nanoseconds between arriving here and going on
     * @param notBefore when the source could send first: what arrives earlier counts as arriving then
     * @param listener sees all bytes as they arrive
     */
    Flow(
            SocketChannel source,
            SocketChannel sink,
            Buffers buffers,
            long delay,
            long notBefore,
            Consumer<ByteBuffer> listener) {
        this.source = source;
        this.sink = sink;
        this.buffers = buffers;
        this.delay = delay;
        this.notBefore = notBefore;
        this.listener = listener;
    }

    /** Reads once what the source has. */
    void fill(long now) throws IOException {
        ByteBuffer buffer = buffers.take();
        int n = source.read(buffer);
        if (n <= 0) {
            buffers.give(buffer);
        }
        long due = (now - notBefore < 0 ? notBefore : now) + delay;
        if (discards) {
            finished = n < 0;
            ended = finished;
            if (n > 0) {
                buffers.give(buffer);
            }
            return;
        }
        if (n < 0) {
            ended = true;
            queue.add(new Chunk(null, 0, due));
        } else if (n > 0) {
            ByteBuffer bytes = buffers.keep(buffer);
            listener.accept(bytes);
            queue.add(new Chunk(bytes, n, due));
            underWay += n;
        }
    }

    /** Writes what is due, as far as the sink takes it. */
    void drain(long now) throws IOException {
        blocked = false;
        if (!sink.isConnected()) {
            blocked = true;
            return;
        }
        for (Chunk next = queue.peek(); next != null && next.due() - now <= 0; next = queue.peek()) {
            ByteBuffer bytes = next.bytes();
            if (bytes == null) {
                sink.shutdownOutput();
                finished = true;
            } else {
                sink.write(bytes);
                if (bytes.hasRemaining()) {
                    blocked = true;
                    return;
                }
                buffers.give(bytes);
            }
            underWay -= next.size();
            queue.remove();
        }
    }

    /** Lets nothing go on any more, neither what is under way nor what the source may yet send. */
    void discard() {
        discards = true;
        queue.clear();
        underWay = 0;
    }

    /** Whether nothing goes on any more. */
    boolean discards() {
        return discards;
    }

    /** Takes no more from the source: the sink gets these bytes, if there are any, and the end. */
    void endWith(@Nullable ByteBuffer last, long due) {
        queue.clear();
        ended = true;
        if (last != null) {
            queue.add(new Chunk(last, 0, due));
        }
        queue.add(new Chunk(null, 0, due));
    }

    /** Forgets what is under way. */
    void abandon() {
        queue.clear();
        ended = true;
        finished = true;
    }

    /** Whether there is room for more. */
    boolean reads() {
        return !ended && underWay < WINDOW;
    }

    /** Whether bytes are due that the sink does not take. */
    boolean blocked() {
        return blocked;
    }

    /** Whether the end has gone on to the sink. */
    boolean finished() {
        return finished;
    }

    /** When the next bytes are due, if it is only time they wait for; else {@link #NEVER}. */
    long due() {
        Chunk next = queue.peek();
        return next == null || blocked ? NEVER : next.due();
    }

    /** Whether somebody has noted the time when bytes are due. */
    boolean timed() {
        return timed;
    }

    void timed(boolean noted) {
        timed = noted;
    }
}
