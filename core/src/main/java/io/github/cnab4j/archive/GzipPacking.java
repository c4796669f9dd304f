/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Compresses contents with gzip (RFC 1952) into a spool. Equal contents give equal bytes. Memory is bounded whatever their size. */
public final class GzipPacking {
    private static final int BUFFER = 256 << 10;

    private GzipPacking() {}

    /**
     * Where a compressed content is in its spool.
     *
     * @param start of its first byte
     * @param size in bytes
     */
    public record Packed(long start, long size) {}

    /**
     * Compresses a content and appends it to a spool. The spool must not be appended to meanwhile.
     *
     * @param plain read to its end; what it throws passes through
     * @param hash is given the compressed bytes
     * @throws FileException if there is no room
     */
    public static Packed append(CallScope scope, InputStream plain, Spool spool, MessageDigest hash) {
        Appending out = new Appending(spool, hash);
        byte[] buffer = new byte[BUFFER];
        try (GzipOutput gzip = new GzipOutput(out, Compression.gzip().level())) {
            for (int n = plain.read(buffer); n >= 0; n = plain.read(buffer)) {
                scope.throwIfCancelled();
                gzip.write(buffer, 0, n);
            }
            gzip.finish();
        } catch (IOException failed) {
            throw ArchiveFailures.reading("a content to be compressed", failed);
        }
        return new Packed(out.start, out.size);
    }

    private static final class Appending extends OutputStream {
        private final Spool spool;
        private final MessageDigest hash;
        private final long start;
        private long size;

        Appending(Spool spool, MessageDigest hash) {
            this.spool = spool;
            this.hash = hash;
            this.start = spool.size();
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            hash.update(bytes, offset, length);
            spool.append(bytes, offset, length);
            size += length;
        }
    }
}
