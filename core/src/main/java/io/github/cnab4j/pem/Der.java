/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.pem;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** As much of DER (X.690) as it takes to put a key in another envelope. */
final class Der {
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xa0;

    private Der() {}

    /** One element: tag, length, content. */
    static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >>> (8 * i));
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** The content of the one element that a text of DER is; empty if it is another, or none. */
    static Optional<byte[]> content(byte[] der, int tag) {
        Cursor cursor = new Cursor(der);
        return cursor.next() && cursor.tag == tag && cursor.end == der.length
                ? Optional.of(cursor.content())
                : Optional.empty();
    }

    /** The content of the first element with this tag in a row of elements; empty if there is none. */
    static Optional<byte[]> find(byte[] row, int tag) {
        Cursor cursor = new Cursor(row);
        while (cursor.next()) {
            if (cursor.tag == tag) {
                return Optional.of(cursor.content());
            }
        }
        return Optional.empty();
    }

    /** Goes from element to element. */
    private static final class Cursor {
        private final byte[] bytes;
        private int tag;
        private int start;
        private int end;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Whether there is one more whole element. */
        boolean next() {
            int at = end;
            if (at + 2 > bytes.length) {
                return false;
            }
            tag = bytes[at] & 0xff;
            long length = bytes[at + 1] & 0xff;
            at += 2;
            if (length >= 0x80) {
                int count = (int) length & 0x7f;
                if (count == 0 || count > 3 || at + count > bytes.length) {
                    return false;
                }
                length = 0;
                for (int i = 0; i < count; i++) {
                    length = (length << 8) | (bytes[at++] & 0xff);
                }
            }
            if (length > bytes.length - at) {
                return false;
            }
            start = at;
            end = at + (int) length;
            return true;
        }

        byte[] content() {
            return Arrays.copyOfRange(bytes, start, end);
        }
    }
}
