/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes a layer: a gzipped tar (POSIX ustar) of one file. The gzip member (RFC 1952) holds stored blocks, because the
 * output of a real compressor differs between versions of zlib and so between JDKs.
 */
final class LayerWriter {
    private static final int TAR_BLOCK = 512;
    private static final int MAX_STORED = 0xffff;
    private static final int CHECKSUM_OFFSET = 148;

    private LayerWriter() {}

    static byte[] tar(String name, byte[] content) {
        byte[] header = new byte[TAR_BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format("%011o\0", content.length));
        put(header, 136, "00000000000\0");
        put(header, CHECKSUM_OFFSET, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, CHECKSUM_OFFSET, String.format("%06o\0 ", sum));
        int padded = (content.length + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
        return ByteBuffer.allocate(TAR_BLOCK + padded + 2 * TAR_BLOCK)
                .put(header)
                .put(content)
                .array();
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 64);
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255});
        int offset = 0;
        do {
            int n = Math.min(MAX_STORED, content.length - offset);
            out.write(offset + n == content.length ? 1 : 0);
            out.writeBytes(
                    littleEndian(4).putShort((short) n).putShort((short) ~n).array());
            out.write(content, offset, n);
            offset += n;
        } while (offset < content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        out.writeBytes(littleEndian(8)
                .putInt((int) crc.getValue())
                .putInt(content.length)
                .array());
        return out.toByteArray();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
