/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Direct buffers to read into. Not safe for use by several threads. */
final class Buffers {
    private static final int SIZE = 64 * 1024;
    /** Below this, bytes are copied: a large buffer must not wait half empty while much else is under way. */
    private static final int SMALL = 8 * 1024;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    /** A buffer with the bytes of one that was read into, which may be the same. */
    ByteBuffer keep(ByteBuffer filled) {
        filled.flip();
        if (filled.remaining() >= SMALL) {
            return filled;
        }
        ByteBuffer copy = ByteBuffer.allocate(filled.remaining()).put(filled).flip();
        free.push(filled);
        return copy;
    }

    void give(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            free.push(buffer);
        }
    }
}
