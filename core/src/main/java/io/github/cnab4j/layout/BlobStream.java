/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A blob's file from a position on. Failures are the library's own exceptions; reading stops when the work is stopped. */
final class BlobStream extends InputStream {
    private final CallScope scope;
    private final LayoutDirectory directory;
    private final Digest digest;
    private final FileChannel channel;

    BlobStream(CallScope scope, LayoutDirectory directory, Digest digest, FileChannel channel) {
        this.scope = scope;
        this.directory = directory;
        this.digest = digest;
        this.channel = channel;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        scope.throwIfCancelled();
        try {
            return channel.read(ByteBuffer.wrap(buffer, offset, length));
        } catch (IOException failed) {
            throw FileFailures.reading(directory, "read " + digest, failed);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
