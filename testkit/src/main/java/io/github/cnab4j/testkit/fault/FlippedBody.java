/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Body;
import java.io.IOException;
import java.io.OutputStream;

/** Flips the lowest bit of one byte. */
record FlippedBody(Body body, long position) implements Body {
    @Override
    public long length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(new FlippingOutput(out));
    }

    private final class FlippingOutput extends OutputStream {
        private final OutputStream out;
        private long written;

        FlippingOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            long index = position - written;
            if (index < 0 || index >= length) {
                out.write(buffer, offset, length);
            } else {
                byte[] copy = new byte[length];
                System.arraycopy(buffer, offset, copy, 0, length);
                copy[(int) index] ^= 1;
                out.write(copy);
            }
            written += length;
        }
    }
}
