/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One gzip member by many threads. */
class GzipOutputTest {
    private static final int BLOCK = GzipBlock.SIZE;

    static Stream<byte[]> contents() {
        return Stream.of(
                new byte[0],
                new byte[] {7},
                random(65_535),
                random(65_536),
                text(BLOCK - 1),
                text(BLOCK),
                random(BLOCK + 1),
                mixed(9 * BLOCK + 12_345));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void isReadBackAsItWas(byte[] content) throws IOException {
        byte[] packed = pack(content, 6, 3, 10_007);

        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    /** Readers that know one member only lose nothing. */
    @ParameterizedTest
    @MethodSource("contents")
    void isOneMember(byte[] content) throws Exception {
        byte[] packed = pack(content, 6, 2, 8192);

        Inflater inflater = new Inflater(true);
        inflater.setInput(packed, 10, packed.length - 10);
        byte[] buffer = new byte[8192];
        while (!inflater.finished()) {
            inflater.inflate(buffer);
        }
        assertThat(inflater.getRemaining()).isEqualTo(8);
        assertThat(inflater.getBytesWritten()).isEqualTo(content.length);
        inflater.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void dependsOnNeitherThreadsNorWrites(int level) throws IOException {
        byte[] content = mixed(7 * BLOCK + 99);

        assertThat(pack(content, level, 1, content.length)).isEqualTo(pack(content, level, 7, 333));
    }

    @Test
    void whatIsCompressedAlreadyGrowsByLittle() throws IOException {
        byte[] content = random(8 * BLOCK);

        assertThat(pack(content, 9, 2, 8192)).hasSizeLessThan(content.length + content.length / 1000);
    }

    @Test
    void whatCanBeCompressedIs() throws IOException {
        byte[] content = text(8 * BLOCK);

        assertThat(pack(content, 6, 2, 8192)).hasSizeLessThan(content.length / 2);
    }

    /** Blocks side by side are judged each by itself. */
    @Test
    void aBlockOfTextAmongOthersIsCompressed() throws IOException {
        byte[] content = random(3 * BLOCK);
        System.arraycopy(text(BLOCK), 0, content, BLOCK, BLOCK);

        assertThat(pack(content, 6, 2, 8192)).hasSizeLessThan(2 * BLOCK + BLOCK / 2);
    }

    @Test
    void failuresOfTheStreamBelowComeThrough() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 10) {
                    throw new IOException("no space left");
                }
            }
        };

        assertThatThrownBy(() -> {
                    try (GzipOutput gzip = new GzipOutput(full, 6, 2)) {
                        gzip.write(random(20 * BLOCK));
                        gzip.finish();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");
    }

    private static byte[] pack(byte[] content, int level, int threads, int writes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GzipOutput gzip = new GzipOutput(packed, level, threads)) {
            for (int at = 0; at < content.length; at += writes) {
                gzip.write(content, at, Math.min(writes, content.length - at));
            }
            gzip.finish();
        }
        return packed.toByteArray();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int size) {
        Random random = new Random(size);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(4));
        }
        return bytes;
    }

    private static byte[] mixed(int size) {
        byte[] bytes = random(size);
        for (int at = 0; at + 100_000 < size; at += 500_000) {
            System.arraycopy(text(100_000), 0, bytes, at, 100_000);
        }
        return bytes;
    }
}
