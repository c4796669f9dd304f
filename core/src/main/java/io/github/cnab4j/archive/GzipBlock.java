/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/**
 * A run of bytes that becomes a run of deflate blocks (RFC 1951) which refers to nothing before it and ends on a byte: such runs
 * can be made at the same time and strung together. Most of what archives hold is compressed already. A sample tells; then the
 * bytes are stored as they are, which costs next to nothing. One thread at a time uses a block.
 */
final class GzipBlock {
    /** Bytes of a full block. Part of the format that is promised: another size gives other archives. */
    static final int SIZE = 256 << 10;

    private static final int SAMPLE = 4 << 10;
    private static final int MOST_STORED = 65_535;
    private static final int STORED_HEADER = 5;

    /** What a stored block costs a reader less than one to be inflated is worth three bytes in a hundred. */
    private static final int LEAST_GAIN_PERCENT = 3;

    private final byte[] plain = new byte[SIZE];
    private final byte[] packed = new byte[SIZE];
    private final Deflater deflater;
    private final Deflater sampler = new Deflater(Deflater.BEST_SPEED, true);
    private int length;
    private int packedLength;

    GzipBlock(int level) {
        deflater = new Deflater(level, true);
    }

    /** Takes bytes; returns how many there was room for. */
    int fill(byte[] bytes, int offset, int count) {
        int taken = Math.min(count, SIZE - length);
        System.arraycopy(bytes, offset, plain, length, taken);
        length += taken;
        return taken;
    }

    boolean isFull() {
        return length == SIZE;
    }

    byte[] plain() {
        return plain;
    }

    int length() {
        return length;
    }

    /** Makes the deflate blocks. */
    GzipBlock pack() {
        packedLength = worthwhile() ? deflate() : 0;
        return this;
    }

    /** Writes what {@link #pack} made, and is empty then. */
    void writeTo(OutputStream out) throws IOException {
        if (packedLength > 0) {
            out.write(packed, 0, packedLength);
        } else {
            store(out);
        }
        length = 0;
    }

    void end() {
        deflater.end();
        sampler.end();
    }

    private boolean worthwhile() {
        if (length < 4 * SAMPLE) {
            return true;
        }
        sampler.reset();
        sampler.setInput(plain, length / 4, SAMPLE);
        int size = sampler.deflate(packed, 0, packed.length, Deflater.NO_FLUSH);
        sampler.setInput(plain, length / 4 * 3, SAMPLE);
        size += sampler.deflate(packed, size, packed.length - size, Deflater.SYNC_FLUSH);
        return gains(size, 2 * SAMPLE);
    }

    /** The packed length; 0 if storing is better. */
    private int deflate() {
        deflater.reset();
        deflater.setInput(plain, 0, length);
        int size = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
        return size < packed.length && (length < 4 * SAMPLE || gains(size, length)) ? size : 0;
    }

    private static boolean gains(int packed, int plain) {
        return packed * 100L < plain * (100L - LEAST_GAIN_PERCENT);
    }

    private void store(OutputStream out) throws IOException {
        byte[] header = new byte[STORED_HEADER];
        for (int at = 0; at < length; at += MOST_STORED) {
            int run = Math.min(MOST_STORED, length - at);
            header[1] = (byte) run;
            header[2] = (byte) (run >>> 8);
            header[3] = (byte) ~run;
            header[4] = (byte) (~run >>> 8);
            out.write(header);
            out.write(plain, at, run);
        }
    }
}
