/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose reading fails as cancelled, not as broken, once the scope was stopped: stopping closes the socket under it. */
final class ScopedStream extends FilterInputStream {
    private final CallScope scope;

    ScopedStream(InputStream raw, CallScope scope) {
        super(raw);
        this.scope = scope;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException broken) {
            scope.throwIfCancelled();
            throw broken;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException broken) {
            scope.throwIfCancelled();
            throw broken;
        }
    }
}
