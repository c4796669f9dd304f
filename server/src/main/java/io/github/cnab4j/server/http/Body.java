/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a response, written once. */
public interface Body {
    /** Bytes that {@link #writeTo} will write, or {@link Request#UNKNOWN_LENGTH}: the response is chunked then. */
    long length();

    /**
     * Writes the content.
     *
     * @throws AbortConnectionException to break the connection at this point
     */
    void writeTo(OutputStream out) throws IOException;

    /** No content. */
    static Body empty() {
        return of(new byte[0]);
    }

    /** These bytes, which must not be altered afterwards. */
    static Body of(byte[] bytes) {
        return new Body() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}
