/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.store.CallScope;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What an engine answers. Whoever has it closes its body. */
record EngineReply(int status, String apiVersion, Body body) implements AutoCloseable {
    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    @Override
    public void close() {
        body.close();
    }

    /** A body whose failure is told apart from a stop by the caller; closing it ends the exchange. */
    static final class Body extends FilterInputStream {
        private final CallScope scope;
        private final Runnable end;

        /** @param end ends the exchange; does not fail */
        Body(CallScope scope, InputStream in, Runnable end) {
            super(in);
            this.scope = scope;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            scope.throwIfCancelled();
            try {
                return in.read(buffer, offset, length);
            } catch (IOException failed) {
                scope.throwIfCancelled();
                throw failed;
            }
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
