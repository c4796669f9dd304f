/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Random;

/**
 * Incompressible bytes that a name and a size decide. They are made as they are read, so that a layer of any size needs the
 * memory of one block. The name decides a block of up to 1 MiB; the content repeats it with the block's number in front.
 */
final class SeededContent {
    private static final int BLOCK = 1024 * 1024;

    private final long size;
    private final byte[] block;

    SeededContent(String seed, long size) {
        this.size = size;
        this.block = new byte[(int) Math.min(size, BLOCK)];
        byte[] hash = Sha256.digest().digest(seed.getBytes(StandardCharsets.UTF_8));
        new Random(ByteBuffer.wrap(hash).getLong()).nextBytes(block);
    }

    long size() {
        return size;
    }

    /** The content's OCI digest. */
    String digest() {
        MessageDigest sha256 = Sha256.digest();
        byte[] buffer = new byte[BLOCK];
        try (InputStream in = open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Sha256.name(sha256);
    }

    /** The content from its start. */
    InputStream open() {
        return new Blocks(size, block.clone());
    }

    private static final class Blocks extends InputStream {
        private final byte[] current;
        private long left;
        private long number;
        private int position;

        Blocks(long size, byte[] block) {
            this.left = size;
            this.current = block;
            mark();
        }

        private void mark() {
            byte[] text = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
            System.arraycopy(text, 0, current, 0, Math.min(text.length, current.length));
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (left == 0) {
                return -1;
            }
            if (position == current.length) {
                position = 0;
                number++;
                mark();
            }
            int n = (int) Math.min(Math.min(length, current.length - position), left);
            System.arraycopy(current, position, target, offset, n);
            position += n;
            left -= n;
            return n;
        }
    }
}
