/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.layout.LayoutFiles;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.server.storage.StoredBlob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A blob's file; once it is open, its removal does not matter. */
record FileBlob(LayoutFiles files, Digest digest, long size) implements StoredBlob {
    private static final int PIECE = 128 << 10;

    @Override
    public void copyTo(OutputStream out, long offset, long length) throws IOException {
        if (length == 0) {
            return;
        }
        byte[] piece = new byte[(int) Math.min(PIECE, length)];
        try (FileChannel channel = files.openBlob(digest)) {
            long at = offset;
            long left = length;
            while (left > 0) {
                int n = channel.read(ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, left)), at);
                if (n < 0) {
                    throw new IOException(digest + " became shorter while it was read");
                }
                out.write(piece, 0, n);
                at += n;
                left -= n;
            }
        }
    }
}
