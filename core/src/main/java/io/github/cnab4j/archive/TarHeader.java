/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Headers as this library writes them: ustar (POSIX.1-1988), with a pax header (POSIX.1-2001) before them where a name or a size
 * does not fit. Nothing in them depends on time, user or machine.
 */
final class TarHeader {
    static final int BLOCK = 512;
    static final byte FILE = '0';
    static final byte DIRECTORY = '5';

    private static final byte PAX = 'x';
    private static final int MOST_NAME = 100;
    private static final long MOST_SIZE = (1L << 33) - 1;

    private TarHeader() {}

    static byte[] of(String name, byte type, long size) {
        byte[] encoded = name.getBytes(UTF_8);
        boolean fits = encoded.length <= MOST_NAME && size <= MOST_SIZE;
        byte[] header = ustar(encoded, type, Math.min(size, MOST_SIZE));
        return fits ? header : concat(pax(concat(record("path", name), record("size", Long.toString(size)))), header);
    }

    /**
     * The headers of a small file that no digest names: a pax header goes before the usual ones, whose comment is the digest of the
     * content. Whoever unpacks passes over comments.
     */
    static byte[] withDigest(String name, byte[] content) {
        return concat(pax(record("comment", Digest.sha256(content).toString())), of(name, FILE, content.length));
    }

    /** What fills an entry of this size up to a whole block. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    private static byte[] pax(byte[] records) {
        byte[] content = Arrays.copyOf(records, records.length + padding(records.length));
        return concat(ustar("pax".getBytes(UTF_8), PAX, records.length), content);
    }

    /** The length that a record begins with counts itself. */
    private static byte[] record(String key, String value) {
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(UTF_8);
        int digits = 1;
        while (Integer.toString(rest.length + digits).length() > digits) {
            digits++;
        }
        return concat(Integer.toString(rest.length + digits).getBytes(UTF_8), rest);
    }

    private static byte[] ustar(byte[] name, byte type, long size) {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, MOST_NAME));
        octal(header, TarField.MODE, type == DIRECTORY ? 0755 : 0644);
        octal(header, TarField.UID, 0);
        octal(header, TarField.GID, 0);
        octal(header, TarField.SIZE, size);
        octal(header, TarField.MTIME, 0);
        header[TarField.TYPE] = type;
        System.arraycopy("ustar\00000".getBytes(ISO_8859_1), 0, header, TarField.MAGIC.offset(), 8);
        octal(header, TarField.DEV_MAJOR, 0);
        octal(header, TarField.DEV_MINOR, 0);
        checksum(header);
        return header;
    }

    private static void octal(byte[] header, TarField field, long value) {
        String digits = Long.toOctalString(value);
        String padded = "0".repeat(field.length() - 1 - digits.length()) + digits;
        System.arraycopy(padded.getBytes(ISO_8859_1), 0, header, field.offset(), padded.length());
    }

    /** Six digits, a zero byte and a blank, as everybody writes it. */
    private static void checksum(byte[] header) {
        TarField field = TarField.CHECKSUM;
        Arrays.fill(header, field.offset(), field.offset() + field.length(), (byte) ' ');
        long sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        String digits = Long.toOctalString(sum);
        String padded = "0".repeat(6 - digits.length()) + digits + "\0 ";
        System.arraycopy(padded.getBytes(ISO_8859_1), 0, header, field.offset(), field.length());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
