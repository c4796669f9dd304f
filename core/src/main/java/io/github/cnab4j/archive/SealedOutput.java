/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * What an archive's bytes go through on their way to the file: their checksum is its last member where it is compressed. Closing it leaves
 * the stream below open.
 */
final class SealedOutput extends OutputStream {
    private final OutputStream out;
    private final CRC32C checksum = new CRC32C();

    SealedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        checksum.update(value);
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        checksum.update(bytes, offset, length);
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Ends an archive of this compression. */
    void finish(Compression.Kind kind) throws IOException {
        out.write(Seal.of(kind, (int) checksum.getValue()));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
