/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.AbortConnectionException;
import io.github.cnab4j.server.http.AbortConnectionException.How;
import io.github.cnab4j.server.http.Body;
import java.io.IOException;
import java.io.OutputStream;

/** Breaks the connection after so many bytes have been written; declares the whole length. */
record CutBody(Body body, long bytes, How how) implements Body {
    @Override
    public long length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(new CutOutput(out));
        throw AbortConnectionException.by(how);
    }

    private final class CutOutput extends OutputStream {
        private final OutputStream out;
        private long left = bytes;

        CutOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            int n = (int) Math.min(length, left);
            out.write(buffer, offset, n);
            left -= n;
            if (n < length) {
                throw AbortConnectionException.by(how);
            }
        }
    }
}
