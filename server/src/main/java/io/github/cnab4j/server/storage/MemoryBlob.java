/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A blob in segments, so that none needs one huge array. */
record MemoryBlob(List<byte[]> segments, long size) implements StoredBlob {
    @Override
    public void copyTo(OutputStream out, long offset, long length) throws IOException {
        long skip = offset;
        long left = length;
        for (byte[] segment : segments) {
            if (skip >= segment.length) {
                skip -= segment.length;
                continue;
            }
            int n = (int) Math.min(segment.length - skip, left);
            if (n > 0) {
                out.write(segment, (int) skip, n);
            }
            skip = 0;
            left -= n;
        }
    }
}
