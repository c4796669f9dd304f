/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Zstandard by zstd-jni, the only class that needs it: a library that users may leave out. */
final class Zstandard {
    private static final int MOST_THREADS = 8;

    private Zstandard() {}

    /** With at least one worker thread the bytes do not depend on the number of workers. */
    static OutputStream compress(OutputStream out, int level) throws IOException {
        try {
            ZstdOutputStream compressed = new ZstdOutputStream(out, level);
            compressed.setChecksum(true);
            compressed.setWorkers(Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));
            return compressed;
        } catch (LinkageError absent) {
            throw unavailable(absent);
        }
    }

    static InputStream decompress(InputStream in) throws IOException {
        try {
            return new ZstdInputStream(in);
        } catch (LinkageError absent) {
            throw unavailable(absent);
        }
    }

    private static FileException unavailable(LinkageError absent) {
        return new FileException(
                "Zstandard is not available here",
                "Use gzip, or add the library com.github.luben:zstd-jni with the natives of this platform.",
                absent);
    }
}
