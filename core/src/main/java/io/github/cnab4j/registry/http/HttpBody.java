/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of a request. Its length is known before the first byte, since not every registry takes chunked bodies. It can be
 * written again from its start, so that a request can be sent again.
 */
public interface HttpBody {
    /** The number of bytes that {@link #writeTo} writes. */
    long length();

    /**
     * Writes all of it. An exception that is not an IOException comes from where the bytes come from: the connection is then
     * broken off, so that the registry cannot take a part for the whole.
     *
     * @throws IOException if the connection fails
     */
    void writeTo(OutputStream out) throws IOException;

    /** What is written at a time, in bytes, so that progress can be seen. */
    int PIECE = 64 * 1024;

    /** Bytes in memory; the array must not be changed afterwards. */
    static HttpBody ofBytes(byte[] content) {
        return new HttpBody() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                for (int done = 0; done < content.length; done += PIECE) {
                    out.write(content, done, Math.min(PIECE, content.length - done));
                }
            }
        };
    }
}
