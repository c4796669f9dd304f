/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * gzip (RFC 1952) that is nothing but gzip: its header has values that programs write, and nothing comes after it but other members. The
 * Java runtime passes over both.
 */
final class StrictGzip extends GZIPInputStream {
    static final int HEADER = 10;

    private static final int TRAILER = 8;
    private static final int MOST_SYSTEM = 13;
    private static final int UNKNOWN_SYSTEM = 255;
    private static final int USED_FLAGS = 0b1_1110;

    private final String file;
    private final Section raw;

    StrictGzip(String file, Section raw, int buffer) throws IOException {
        super(raw, buffer);
        this.file = file;
        this.raw = raw;
    }

    /**
     * Fails unless the header at the beginning is a usual one.
     *
     * @param header its ten bytes
     */
    static void requireUsual(byte[] header) throws IOException {
        int speed = header[8] & 0xff;
        int system = header[9] & 0xff;
        if ((header[3] & 0xff & ~USED_FLAGS) != 0
                || (speed != 0 && speed != 2 && speed != 4)
                || (system > MOST_SYSTEM && system != UNKNOWN_SYSTEM)) {
            throw new IOException("its gzip header has values that nobody writes");
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        if (n < 0 && (long) raw.available() + Math.max(0, inf.getRemaining() - TRAILER) > 0) {
            throw ArchiveFailures.invalid(file, "has bytes after its end, which are not gzip");
        }
        return n;
    }
}
