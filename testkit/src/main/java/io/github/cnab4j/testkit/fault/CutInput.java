/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.AbortConnectionException;
import io.github.cnab4j.server.http.AbortConnectionException.How;
import java.io.IOException;
import java.io.InputStream;

/** Breaks the connection after so many bytes have been read. */
final class CutInput extends InputStream {
    private final InputStream in;
    private final How how;
    private long left;

    CutInput(InputStream in, long bytes, How how) {
        this.in = in;
        this.left = bytes;
        this.how = how;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left <= 0) {
            throw AbortConnectionException.by(how);
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(n, 0);
        return n;
    }
}
