/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What every server serves: a small body, and a large one in the segments in which the memory storage keeps blobs. */
final class Resources {
    static final String SMALL_PATH = "/small";
    static final String BLOB_PATH = "/blob";
    static final int SMALL_BYTES = 1024;
    static final long BLOB_BYTES = 256L * 1024 * 1024;
    private static final byte[] SEGMENT = new byte[1024 * 1024];

    private Resources() {}

    static long length(String path) {
        return path.equals(BLOB_PATH) ? BLOB_BYTES : SMALL_BYTES;
    }

    static void write(String path, OutputStream out) throws IOException {
        long left = length(path);
        while (left > 0) {
            int n = (int) Math.min(SEGMENT.length, left);
            out.write(SEGMENT, 0, n);
            left -= n;
        }
    }

    /** Reads a body to its end, without a use for it, and gives its length. */
    static long discard(InputStream in) throws IOException {
        byte[] buffer = new byte[1024 * 1024];
        long count = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            count += n;
        }
        return count;
    }
}
