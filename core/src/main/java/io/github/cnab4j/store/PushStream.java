/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The content of a push on its way: tells how many bytes passed and stops when the work is stopped. */
final class PushStream extends FilterInputStream {
    private final CallScope scope;
    private final LongConsumer bytesSent;

    PushStream(InputStream content, CallScope scope, LongConsumer bytesSent) {
        super(content);
        this.scope = scope;
        this.bytesSent = bytesSent;
    }

    @Override
    public int read() throws IOException {
        scope.throwIfCancelled();
        int value = in.read();
        if (value >= 0) {
            bytesSent.accept(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        scope.throwIfCancelled();
        int n = in.read(buffer, offset, length);
        if (n > 0) {
            bytesSent.accept(n);
        }
        return n;
    }
}
