/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.IntegrityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifiedReaderTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final int SIZE = 40 << 20;
    private static final TestContent CONTENT = TestContent.random(3, SIZE);

    private final List<Long> openedAt = new ArrayList<>();
    private byte[] bytes = CONTENT.bytes();

    private VerifiedReader reader() {
        return new VerifiedReader(SCOPE, new Recorded(), CONTENT.descriptor());
    }

    private static byte[] read(VerifiedReader reader, int count) throws IOException {
        byte[] taken = new byte[count];
        int length = 0;
        while (length < count) {
            int n = reader.read(taken, length, Math.min(100_000, count - length));
            if (n < 0) {
                return Arrays.copyOf(taken, length);
            }
            length += n;
        }
        return taken;
    }

    private byte[] part(int from, int count) {
        return Arrays.copyOfRange(CONTENT.bytes(), from, from + count);
    }

    @Test
    void goingBack_readsTheSourceFromShortlyBefore() throws IOException {
        try (VerifiedReader reader = reader()) {
            reader.seek(0);
            read(reader, 10 << 20);

            reader.seek(5 << 20);

            assertThat(read(reader, 1000)).isEqualTo(part(5 << 20, 1000));
            assertThat(openedAt).hasSize(2);
            assertThat(openedAt.get(1)).isBetween(4L << 20, 5L << 20);
        }
    }

    @Test
    void longContent_keepsStatesAllAlong_butNotMoreOfThem() throws IOException {
        try (VerifiedReader reader = reader()) {
            reader.seek(0);
            read(reader, SIZE);

            reader.seek(30 << 20);
            reader.seek(2 << 20);

            assertThat(openedAt).hasSize(3);
            assertThat(openedAt.get(1)).isBetween(28L << 20, 30L << 20);
            assertThat(openedAt.get(2)).isBetween(1L, 2L << 20);
        }
    }

    @Test
    void contentThatChangesBetweenTheReadings_neverComesOutWhole() throws IOException {
        try (VerifiedReader reader = reader()) {
            reader.seek(0);
            read(reader, 10 << 20);
            bytes = CONTENT.bytes().clone();
            bytes[SIZE - 1000] ^= 1;

            reader.seek(5 << 20);

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> read(reader, SIZE - (5 << 20)))
                    .withMessageContaining("has the digest");
        }
    }

    @Test
    void damageBeforeThePlace_isNotForgotten() throws IOException {
        bytes = CONTENT.bytes().clone();
        bytes[1000] ^= 1;
        try (VerifiedReader reader = reader()) {
            reader.seek(0);
            read(reader, 10 << 20);
            bytes = CONTENT.bytes();

            reader.seek(5 << 20);

            assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> read(reader, SIZE - (5 << 20)));
        }
    }

    @Test
    void verifiedContentInMemory_isNotHashedAgain_andCanBeGoneBackIn() throws IOException {
        TestContent small = TestContent.blob("some content");
        VerifiedContent content = new VerifiedContent(small.descriptor(), small.bytes());
        try (VerifiedReader reader = new VerifiedReader(SCOPE, content, small.descriptor())) {
            reader.seek(0);
            read(reader, 12);
            reader.seek(5);

            assertThat(read(reader, 20)).asString().isEqualTo("content");
        }
    }

    /** A source that tells where it was opened. */
    private final class Recorded implements ContentSource {
        @Override
        public InputStream open(CallScope scope) {
            return open(scope, 0);
        }

        @Override
        public InputStream open(CallScope scope, long offset) {
            openedAt.add(offset);
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }
}
