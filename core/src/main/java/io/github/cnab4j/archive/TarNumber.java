/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

/** Numbers in tar headers: octal digits among blanks and zero bytes, or GNU tar's binary form for large ones. */
final class TarNumber {
    private static final int BINARY = 0x80;

    private TarNumber() {}

    /** The number; -1 if there is none that can be a size. */
    static long of(byte[] header, TarField field) {
        return (header[field.offset()] & BINARY) != 0 ? binary(header, field) : octal(header, field);
    }

    private static long binary(byte[] header, TarField field) {
        long value = header[field.offset()] & 0x7f;
        for (int i = field.offset() + 1; i < field.end(); i++) {
            if (value >>> 55 != 0) {
                return -1;
            }
            value = (value << 8) | (header[i] & 0xff);
        }
        return value;
    }

    private static long octal(byte[] header, TarField field) {
        int at = field.offset();
        while (at < field.end() && header[at] == ' ') {
            at++;
        }
        long value = 0;
        int digits = 0;
        while (at < field.end() && header[at] >= '0' && header[at] <= '7') {
            value = (value << 3) | (header[at] - '0');
            at++;
            digits++;
        }
        while (at < field.end() && (header[at] == ' ' || header[at] == 0)) {
            at++;
        }
        return at == field.end() && digits > 0 ? value : -1;
    }
}
