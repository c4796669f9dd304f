/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The last member of a compressed archive of this library: a checksum over all bytes before it. The formats' own checksums are over
 * what comes out, and leave bits that decide nothing uncovered. Every reader passes over it: in gzip it is a member without content,
 * whose extra field (RFC 1952) holds the checksum, in Zstandard a skippable frame (RFC 8878).
 */
final class Seal {
    private static final int CHECKSUM = 4;
    private static final byte[] GZIP_BEGIN = {
        0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 8, 0, 'C', '4', CHECKSUM, 0
    };

    /** An empty last block with the fixed code; checksum and length of nothing. */
    private static final byte[] GZIP_END = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final byte[] ZSTD_BEGIN = {0x5c, 0x2a, 0x4d, 0x18, CHECKSUM, 0, 0, 0};
    private static final int BUFFER = 1 << 20;

    private Seal() {}

    /** The member for bytes of this checksum; empty where there is no compression. */
    static byte[] of(Compression.Kind kind, int checksum) {
        return switch (kind) {
            case NONE -> new byte[0];
            case GZIP -> join(GZIP_BEGIN, checksum, GZIP_END);
            case ZSTD -> join(ZSTD_BEGIN, checksum, new byte[0]);
        };
    }

    private static byte[] join(byte[] begin, int checksum, byte[] end) {
        return ByteBuffer.allocate(begin.length + CHECKSUM + end.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(begin)
                .putInt(checksum)
                .put(end)
                .array();
    }

    /** Whether an archive ends with the member that belongs to what is before it. Reads the whole of it. */
    static boolean holds(CallScope scope, FileChannel channel, Compression.Kind kind) throws IOException {
        int length = of(kind, 0).length;
        long end = channel.size() - length;
        if (end < 0) {
            return false;
        }
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < end; at += buffer.limit()) {
            scope.throwIfCancelled();
            buffer.clear().limit((int) Math.min(BUFFER, end - at));
            read(channel, buffer, at);
            checksum.update(buffer.array(), 0, buffer.limit());
        }
        ByteBuffer last = ByteBuffer.allocate(length);
        read(channel, last, end);
        return Arrays.equals(last.array(), of(kind, (int) checksum.getValue()));
    }

    private static void read(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
    }
}
