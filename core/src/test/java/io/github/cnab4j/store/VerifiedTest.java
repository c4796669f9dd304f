/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedTest {
    private static final TestContent CONTENT = TestContent.random(7, 1000);

    private static InputStream checking(byte[] actual) {
        return Verified.checking(new ByteArrayInputStream(actual), CONTENT.descriptor(), "there");
    }

    private static byte[] altered(int position) {
        byte[] bytes = CONTENT.bytes().clone();
        bytes[position] ^= 1;
        return bytes;
    }

    @Nested
    class Stream {
        @ParameterizedTest
        @ValueSource(ints = {1, 7, 999, 1000, 1001, 5000})
        void rightBytes_passWhateverTheBufferIs(int bufferSize) throws IOException {
            InputStream in = checking(CONTENT.bytes());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[bufferSize];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }

            assertThat(out.toByteArray()).isEqualTo(CONTENT.bytes());
            assertThat(in.read()).isEqualTo(-1);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 500, 999})
        void anAlteredByte_keepsTheLastBytesBack(int position) throws IOException {
            InputStream in = checking(altered(position));
            byte[] buffer = new byte[1000];
            int before = in.read(buffer, 0, 600);

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> in.read(buffer, before, 400))
                    .withMessageContaining("there")
                    .withMessageContaining("has the digest " + Digest.sha256(altered(position)));
            assertThat(Arrays.copyOfRange(buffer, before, 1000)).containsOnly(0);
        }

        @Test
        void anEndTooEarly_isNotAnEnd() {
            InputStream in = checking(Arrays.copyOf(CONTENT.bytes(), 999));

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(in::readAllBytes)
                    .withMessageContaining("ended after 999 of 1000 bytes");
        }

        @Test
        void aByteTooMany_isFoundBeforeTheLastIsHandedOut() throws IOException {
            InputStream in = checking(Arrays.copyOf(CONTENT.bytes(), 1001));
            in.readNBytes(999);

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(in::read)
                    .withMessageContaining("more than 1000 bytes");
        }

        @Test
        void readingOnAfterAMismatch_neverLooksLikeTheEnd() {
            InputStream in = checking(altered(0));
            assertThatExceptionOfType(IntegrityException.class).isThrownBy(in::readAllBytes);

            assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> in.read(new byte[10]));
        }

        @Test
        void afterAMismatch_aDigestOfNothingDoesNotPass() {
            Descriptor descriptor = Descriptor.of(TestContent.LAYER, Digest.sha256(new byte[0]), 3);
            InputStream in = Verified.checking(new ByteArrayInputStream(new byte[3]), descriptor, "there");
            assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> in.read(new byte[3]));

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> in.read(new byte[3]));
        }

        @Test
        void aBreakAfterTheLastByte_isNotAnEnd() {
            InputStream in = Verified.checking(
                    new SequenceInputStream(new ByteArrayInputStream(CONTENT.bytes()), new Breaking()),
                    CONTENT.descriptor(),
                    "there");

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(in::readAllBytes)
                    .withMessage("cable cut");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(in::read)
                    .withMessageContaining("has failed before");
        }

        @Test
        void emptyContent_isCheckedToo() throws IOException {
            Descriptor empty = Descriptor.of(TestContent.LAYER, new byte[0]);
            Descriptor wrong =
                    Descriptor.of(TestContent.LAYER, CONTENT.descriptor().digest(), 0);

            assertThat(Verified.checking(InputStream.nullInputStream(), empty, "there")
                            .read())
                    .isEqualTo(-1);
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> Verified.checking(new ByteArrayInputStream(new byte[1]), empty, "there")
                            .read());
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> Verified.checking(InputStream.nullInputStream(), wrong, "there")
                            .read());
        }

        @Test
        void whatIsSkipped_isHashed() throws IOException {
            InputStream right = checking(CONTENT.bytes());
            assertThat(right.skip(990)).isEqualTo(990);
            assertThat(right.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT.bytes(), 990, 1000));

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> checking(altered(5)).skip(1000));
            assertThat(checking(CONTENT.bytes()).skip(-1)).isZero();
        }

        @Test
        void transferTo_isChecked() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThat(checking(CONTENT.bytes()).transferTo(out)).isEqualTo(1000);
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> checking(altered(5)).transferTo(new ByteArrayOutputStream()));
            assertThat(out.toByteArray()).isEqualTo(CONTENT.bytes());
        }

        @Test
        void available_neverPromisesMoreThanTheDescriptor() throws IOException {
            InputStream in = checking(Arrays.copyOf(CONTENT.bytes(), 5000));

            assertThat(in.available()).isEqualTo(1000);
        }

        @Test
        void cannotGoBack() throws IOException {
            InputStream in = checking(CONTENT.bytes());
            in.mark(100);
            in.read();

            assertThat(in.markSupported()).isFalse();
            assertThatExceptionOfType(IOException.class).isThrownBy(in::reset);
            assertThat(in.readAllBytes()).hasSize(999);
        }

        @Test
        void aReadOfNothing_givesNothingWithoutReading() throws IOException {
            assertThat(checking(new byte[0]).read(new byte[5], 2, 0)).isZero();
        }

        @Test
        void closedWithoutReading_isNoMismatch() throws IOException {
            CloseCounting raw = new CloseCounting();

            Verified.checking(raw, CONTENT.descriptor(), "there").close();

            assertThat(raw.closed).isEqualTo(1);
        }

        @Test
        void aStreamThatChecksTheSameAlready_isNotWrappedAgain() {
            InputStream once = checking(CONTENT.bytes());
            TestContent other = TestContent.blob("other");

            assertThat(Verified.checking(once, CONTENT.descriptor(), "here")).isSameAs(once);
            assertThat(Verified.checking(once, other.descriptor(), "here")).isNotSameAs(once);
        }
    }

    @Nested
    class ReadAll {
        @Test
        void aSizeAboveTheLimit_isRefusedWithoutReading() {
            CloseCounting raw = new CloseCounting();
            Descriptor huge =
                    Descriptor.of(TestContent.LAYER, CONTENT.descriptor().digest(), Descriptor.MAX_SIZE);

            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> Verified.readAll(raw, huge, "there", 4096))
                    .returns(ErrorCode.LIMIT_EXCEEDED, InvalidInputException::code)
                    .withMessageContaining("the limit is 4096");
            assertThat(raw.reads).isZero();
            assertThat(raw.closed).isEqualTo(1);
        }

        @Test
        void aHugeClaimedSizeBelowTheLimit_takesMemoryOnlyForWhatComes() {
            Descriptor claimed =
                    Descriptor.of(TestContent.LAYER, CONTENT.descriptor().digest(), Integer.MAX_VALUE - 8);

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> Verified.readAll(
                            new ByteArrayInputStream(CONTENT.bytes()), claimed, "there", Integer.MAX_VALUE));
        }

        @Test
        void anEndlessBody_isCutAtTheClaimedSize() {
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    return 'x';
                }
            };

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> Verified.readAll(endless, CONTENT.descriptor(), "there", 4096))
                    .withMessageContaining("more than 1000 bytes");
        }

        @Test
        void aBrokenStream_isAFailureOfTheOrigin() {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> Verified.readAll(new Breaking(), CONTENT.descriptor(), "there", 4096))
                    .returns(ErrorCode.UNREACHABLE, TransportException::code)
                    .withMessageContaining("there")
                    .withMessageContaining("cable cut");
        }
    }

    private static final class Breaking extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("cable cut");
        }
    }

    private static final class CloseCounting extends InputStream {
        private int reads;
        private int closed;

        @Override
        public int read() {
            reads++;
            return -1;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
