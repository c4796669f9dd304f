/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Comes in small pieces with pauses. */
record DrippedBody(Body body, int piece, Duration pause) implements Body {
    @Override
    public long length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += piece) {
                    Pause.of(pause);
                    out.write(buffer, offset + done, Math.min(piece, length - done));
                    out.flush();
                }
            }
        });
    }
}
