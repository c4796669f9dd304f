/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A part of a file, read without moving the file's own position. Failures are the library's exceptions. */
final class Section extends InputStream {
    private final FileChannel channel;
    private final String file;
    private final Runnable check;
    private final long end;
    private long position;

    /** @param check run before each read; it may throw */
    Section(FileChannel channel, String file, Runnable check, long start, long length) {
        this.channel = channel;
        this.file = file;
        this.check = check;
        this.position = start;
        this.end = start + length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        check.run();
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, end - position);
        if (wanted == 0) {
            return -1;
        }
        try {
            int n = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
            position += Math.max(n, 0);
            return n;
        } catch (IOException failed) {
            throw ArchiveFailures.reading(file, failed);
        }
    }

    @Override
    public int available() {
        return (int) Math.min(end - position, Integer.MAX_VALUE);
    }
}
