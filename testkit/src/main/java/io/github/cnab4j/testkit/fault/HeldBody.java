/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Body;
import java.io.IOException;
import java.io.OutputStream;

/** Waits at a gate when so many bytes have been written and are on their way; a shorter body does not wait. */
record HeldBody(Body body, Gate gate, long bytes) implements Body {
    @Override
    public long length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(new HeldOutput(out));
    }

    private final class HeldOutput extends OutputStream {
        private final OutputStream out;
        private long left = bytes;

        HeldOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (left < 0 || length <= left) {
                out.write(buffer, offset, length);
                left -= left < 0 ? 0 : length;
                return;
            }
            int before = (int) left;
            left = -1;
            out.write(buffer, offset, before);
            out.flush();
            gate.pass();
            out.write(buffer, offset + before, length - before);
        }
    }
}
