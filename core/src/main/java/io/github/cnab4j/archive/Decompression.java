/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.archive.TarReader.Care;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.store.CallScope;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * From a compressed archive to its tar file. What comes out is bounded by what went in: real images, most of which are compressed
 * themselves, stay far below, and an archive made to fill a disk is stopped early.
 */
final class Decompression {
    private static final int MAGIC = 4;
    private static final int BUFFER = 256 << 10;
    private static final long ALWAYS_ALLOWED = 256L << 20;
    private static final long MOST_GROWTH = 200;

    private Decompression() {}

    /**
     * The decompressed archive; empty if it is not compressed.
     *
     * @throws InvalidInputException if it is damaged, cut off, compressed in a way that is not known, or grows too much
     */
    static Optional<Spool> of(CallScope scope, String file, FileChannel channel, Care care) throws IOException {
        Compression.Kind kind = kind(file, channel);
        boolean gzip = kind == Compression.Kind.GZIP;
        if (kind == Compression.Kind.NONE) {
            return Optional.empty();
        }
        Section raw = new Section(channel, file, scope::throwIfCancelled, 0, channel.size());
        Spool spool = Spool.create();
        boolean whole = false;
        try (InputStream in =
                gzip ? gzip(file, channel, raw, care) : Zstandard.decompress(new BufferedInputStream(raw, BUFFER))) {
            fill(spool, in, file, Math.max(ALWAYS_ALLOWED, channel.size() * MOST_GROWTH));
            whole = true;
            return Optional.of(spool);
        } catch (IOException damaged) {
            throw ArchiveFailures.invalid(file, "cannot be decompressed", damaged);
        } finally {
            if (!whole) {
                spool.close();
            }
        }
    }

    /** How a file is compressed, by its first bytes. */
    static Compression.Kind kind(String file, FileChannel channel) throws IOException {
        byte[] magic = new byte[MAGIC];
        channel.read(ByteBuffer.wrap(magic), 0);
        refuseOthers(file, magic);
        if (magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b) {
            return Compression.Kind.GZIP;
        }
        boolean zstd =
                (magic[0] & 0xff) == 0x28 && (magic[1] & 0xff) == 0xb5 && magic[2] == 0x2f && (magic[3] & 0xff) == 0xfd;
        return zstd ? Compression.Kind.ZSTD : Compression.Kind.NONE;
    }

    private static InputStream gzip(String file, FileChannel channel, Section raw, Care care) throws IOException {
        if (care == Care.USUAL) {
            return new GZIPInputStream(raw, BUFFER);
        }
        byte[] header = new byte[StrictGzip.HEADER];
        channel.read(ByteBuffer.wrap(header), 0);
        StrictGzip.requireUsual(header);
        return new StrictGzip(file, raw, BUFFER);
    }

    private static void fill(Spool spool, InputStream in, String file, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
            if (size > limit) {
                throw ArchiveFailures.beyond(
                        file,
                        "decompresses to more than " + limit + " bytes, " + MOST_GROWTH + " times its size",
                        "If it is not an attack, decompress it and use the tar file.");
            }
            spool.append(buffer, 0, n);
        }
    }

    private static void refuseOthers(String file, byte[] magic) {
        String other = magic[0] == 'B' && magic[1] == 'Z' && magic[2] == 'h'
                ? "bzip2"
                : (magic[0] & 0xff) == 0xfd && magic[1] == '7' && magic[2] == 'z' ? "xz" : "";
        if (!other.isEmpty()) {
            throw ArchiveFailures.invalid(
                    file,
                    "is compressed with " + other,
                    "Decompress it and use the tar file; gzip and zstd are read as they are.");
        }
    }
}
