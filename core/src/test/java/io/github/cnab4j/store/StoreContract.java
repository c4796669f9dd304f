/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ReadableStore} and {@link WritableStore} promise; every store's test extends this. */
public abstract class StoreContract {
    protected static final CallScope SCOPE = CallScope.unbounded();

    private static final TestContent LAYER = TestContent.random(1, 3000);
    private static final TestContent MANIFEST = TestContent.manifest(LAYER);

    protected WritableStore store;

    /** An empty store; called before each test. */
    protected abstract WritableStore createStore() throws Exception;

    /** Content that is in the store before the test's action: by push, unless a store can be filled from elsewhere. */
    protected void given(TestContent content, String... tags) {
        content.pushTo(store, tags);
    }

    /** The hash algorithms that the store's other side knows. */
    protected boolean takes(Digest.Algorithm algorithm) {
        return true;
    }

    @BeforeEach
    void openStore() throws Exception {
        store = createStore();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void givenImage(String... tags) {
        given(TestContent.config());
        given(LAYER);
        given(MANIFEST, tags);
    }

    private byte[] read(TestContent content) {
        return Verified.readAll(SCOPE, store, content.descriptor(), Integer.MAX_VALUE);
    }

    private PushOutcome push(TestContent content) {
        return store.push(SCOPE, content.descriptor(), content.source(), PushHints.NONE);
    }

    private void assertAbsent(TestContent content) {
        assertThat(store.exists(SCOPE, content.descriptor())).isFalse();
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> read(content));
    }

    @Nested
    class Resolve {
        @Test
        void byTag_givesTypeDigestAndSize() {
            givenImage("1.0");

            assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        }

        @Test
        void byDigest_givesTypeDigestAndSize() {
            givenImage();

            assertThat(store.resolve(SCOPE, MANIFEST.descriptor().digest().toString()))
                    .isEqualTo(MANIFEST.descriptor());
        }

        @Test
        void indexByTagAndItsChildByDigest() {
            TestContent index = TestContent.index(MANIFEST);
            givenImage();
            given(index, "multi");

            assertThat(store.resolve(SCOPE, "multi")).isEqualTo(index.descriptor());
            assertThat(store.resolve(SCOPE, MANIFEST.descriptor().digest().toString()))
                    .isEqualTo(MANIFEST.descriptor());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2.0",
                    "sha256:0000000000000000000000000000000000000000000000000000000000000000",
                })
        void ofAnUnknownName_isNotFound(String name) {
            givenImage("1.0");

            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> store.resolve(SCOPE, name))
                    .withMessageContaining(name);
        }

        @Test
        void inAnEmptyStore_isNotFound() {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> store.resolve(SCOPE, "1.0"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"sha256:../../x", "sha256:ABC", "sha256:", "sha512:00"})
        void ofAMalformedDigest_isRefused(String name) {
            givenImage("1.0");

            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> store.resolve(SCOPE, name))
                    .returns(ErrorCode.INVALID_DIGEST, InvalidInputException::code);
        }
    }

    @Nested
    class Exists {
        @Test
        void isTrueForManifestAndBlobThatAreThere() {
            givenImage();

            assertThat(store.exists(SCOPE, MANIFEST.descriptor())).isTrue();
            assertThat(store.exists(SCOPE, LAYER.descriptor())).isTrue();
        }

        @Test
        void isFalseForManifestAndBlobThatAreNot() {
            givenImage();

            TestContent other = TestContent.blob("other");
            assertThat(store.exists(SCOPE, other.descriptor())).isFalse();
            assertThat(store.exists(SCOPE, TestContent.manifest(other).descriptor()))
                    .isFalse();
        }

        @Test
        void isFalseInAnEmptyStore() {
            assertThat(store.exists(SCOPE, LAYER.descriptor())).isFalse();
        }
    }

    @Nested
    class Fetch {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 1500, 2999, 3000})
        void fromAnOffset_givesTheRest(int offset) throws IOException {
            given(LAYER);

            try (InputStream in = store.fetch(SCOPE, LAYER.descriptor(), offset)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(LAYER.bytes(), offset, 3000));
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 3001})
        void fromOutsideTheContent_isTheCallersMistake(long offset) {
            given(LAYER);

            assertThatThrownBy(() -> store.fetch(SCOPE, LAYER.descriptor(), offset))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void ofAManifest_givesItsBytes() {
            givenImage();

            assertThat(read(MANIFEST)).isEqualTo(MANIFEST.bytes());
        }

        @Test
        void ofAbsentContent_isNotFound() {
            givenImage();

            TestContent other = TestContent.blob("other");
            assertAbsent(other);
            assertAbsent(TestContent.manifest(other));
        }

        @Test
        void closedBeforeItsEnd_leavesTheStoreUsable() throws IOException {
            given(LAYER);

            try (InputStream in = store.fetch(SCOPE, LAYER.descriptor(), 0)) {
                assertThat(in.read()).isEqualTo(LAYER.bytes()[0] & 0xff);
            }
            assertThat(read(LAYER)).isEqualTo(LAYER.bytes());
        }
    }

    @Nested
    class Push {
        @Test
        void ofNewContent_isUploaded() {
            assertThat(push(LAYER)).isEqualTo(PushOutcome.UPLOADED);
            assertThat(read(LAYER)).isEqualTo(LAYER.bytes());
        }

        @Test
        void again_isAlreadyPresent() {
            push(LAYER);

            assertThat(push(LAYER)).isEqualTo(PushOutcome.ALREADY_PRESENT);
        }

        @Test
        void ofAPresentBlob_doesNotOpenTheSource() {
            push(LAYER);

            PushOutcome outcome = store.push(
                    SCOPE,
                    LAYER.descriptor(),
                    scope -> {
                        throw new AssertionError("opened");
                    },
                    PushHints.NONE);

            assertThat(outcome).isEqualTo(PushOutcome.ALREADY_PRESENT);
        }

        @Test
        void knownMissing_isUploaded() {
            PushHints hints = new PushHints(List.of(), List.of(), true, sent -> {});

            assertThat(store.push(SCOPE, LAYER.descriptor(), LAYER.source(), hints))
                    .isEqualTo(PushOutcome.UPLOADED);
            assertThat(read(LAYER)).isEqualTo(LAYER.bytes());
        }

        @Test
        void tellsHowManyBytesWent() {
            AtomicLong sent = new AtomicLong();
            PushHints hints = new PushHints(List.of(), List.of(), false, sent::addAndGet);

            store.push(SCOPE, LAYER.descriptor(), LAYER.source(), hints);

            assertThat(sent).hasValue(3000);
        }

        @Test
        void ofAnEmptyBlob() {
            TestContent empty = TestContent.blob(new byte[0]);

            assertThat(push(empty)).isEqualTo(PushOutcome.UPLOADED);
            assertThat(store.exists(SCOPE, empty.descriptor())).isTrue();
            assertThat(read(empty)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = Digest.Algorithm.class,
                names = {"SHA384", "SHA512"})
        void byAnotherAlgorithm(Digest.Algorithm algorithm) {
            assumeTrue(takes(algorithm), "the store's other side lacks " + algorithm);
            TestContent blob = LAYER.by(algorithm);

            assertThat(push(blob)).isEqualTo(PushOutcome.UPLOADED);
            assertThat(read(blob)).isEqualTo(LAYER.bytes());
        }

        @Test
        void ofABigBlob_isReadBackAsItWas() {
            TestContent big = TestContent.random(2, 20_000_000);

            assertThat(push(big)).isEqualTo(PushOutcome.UPLOADED);
            assertThat(read(big)).isEqualTo(big.bytes());
        }

        @Test
        void withTags_setsThemAll() {
            givenImage();
            TestContent index = TestContent.index(MANIFEST);

            index.pushTo(store, "1.0", "latest");

            assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(index.descriptor());
            assertThat(store.resolve(SCOPE, "latest")).isEqualTo(index.descriptor());
        }

        @Test
        void ofAPresentManifestWithATag_setsTheTag() {
            givenImage("1.0");

            MANIFEST.pushTo(store, "1.1");

            assertThat(store.resolve(SCOPE, "1.1")).isEqualTo(MANIFEST.descriptor());
            assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-x", ".x", "a b", "a\nb", "sha256:00"})
        void withAnInvalidTag_isRefused(String tag) {
            givenImage();

            assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> MANIFEST.pushTo(store, tag));
        }
    }

    @Nested
    class PushOfWrongContent {
        private void assertRefused(TestContent claimed, byte[] actual) {
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() ->
                            store.push(SCOPE, claimed.descriptor(), ContentSource.ofBytes(actual), PushHints.NONE))
                    .withMessageContaining(claimed.descriptor().digest().toString());
            assertAbsent(claimed);
        }

        @Test
        void aFlippedByte_isRefusedAndNothingStored() {
            byte[] flipped = LAYER.bytes().clone();
            flipped[2999] ^= 1;

            assertRefused(LAYER, flipped);
        }

        @Test
        void oneByteMissing_isRefusedAndNothingStored() {
            assertRefused(LAYER, Arrays.copyOf(LAYER.bytes(), 2999));
        }

        @Test
        void oneByteTooMany_isRefusedAndNothingStored() {
            assertRefused(LAYER, Arrays.copyOf(LAYER.bytes(), 3001));
        }

        @Test
        void nothing_isRefusedAndNothingStored() {
            assertRefused(LAYER, new byte[0]);
        }

        @Test
        void aByteWhereNoneBelongs_isRefusedAndNothingStored() {
            assertRefused(TestContent.blob(new byte[0]), new byte[1]);
        }

        @Test
        void aManifest_isRefusedAndItsTagNotSet() {
            givenImage("1.0");
            TestContent next = TestContent.index(MANIFEST);
            byte[] flipped = next.bytes().clone();
            flipped[flipped.length - 1] = ' ';

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> store.push(
                            SCOPE,
                            next.descriptor(),
                            ContentSource.ofBytes(flipped),
                            PushHints.NONE.withTags(List.of("1.0"))));

            assertAbsent(next);
            assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        }

        @Test
        void aSourceThatBreaks_failsThePushAndNothingIsStored() {
            ContentSource breaking = scope ->
                    new SequenceInputStream(new ByteArrayInputStream(LAYER.bytes(), 0, 1000), new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new IOException("cable cut");
                        }
                    });

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.push(SCOPE, LAYER.descriptor(), breaking, PushHints.NONE))
                    .withMessageContaining("cable cut");
            assertAbsent(LAYER);
        }

        @Test
        void afterARefusal_theRightContentIsTaken() {
            assertRefused(LAYER, new byte[0]);

            assertThat(push(LAYER)).isEqualTo(PushOutcome.UPLOADED);
            assertThat(read(LAYER)).isEqualTo(LAYER.bytes());
        }
    }

    @Nested
    class Tag {
        @Test
        void pointsToAManifestThatIsThere() {
            givenImage();

            store.tag(SCOPE, MANIFEST.descriptor(), "1.0");

            assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        }

        @Test
        void toAManifestThatIsAbsent_isNotFound() {
            givenImage();
            TestContent absent = TestContent.index(MANIFEST);

            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> store.tag(SCOPE, absent.descriptor(), "1.0"));
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> store.resolve(SCOPE, "1.0"));
        }

        @Test
        void moves() {
            givenImage("1.0");
            TestContent index = TestContent.index(MANIFEST);
            given(index);

            store.tag(SCOPE, index.descriptor(), "1.0");

            assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(index.descriptor());
            assertThat(store.resolve(SCOPE, MANIFEST.descriptor().digest().toString()))
                    .isEqualTo(MANIFEST.descriptor());
        }

        @Test
        void all_areListedOnce() {
            givenImage("1.0", "latest");
            store.tag(SCOPE, MANIFEST.descriptor(), "1.0");
            store.tag(SCOPE, MANIFEST.descriptor(), "2.0");

            assertThat(store.tags(SCOPE)).containsExactlyInAnyOrder("1.0", "latest", "2.0");
        }
    }

    @Nested
    class Concurrency {
        @Test
        void pushesOfOneBlobByManyThreads_allSucceed() throws Exception {
            TestContent blob = TestContent.random(3, 500_000);

            inParallel(8, () -> push(blob));

            assertThat(read(blob)).isEqualTo(blob.bytes());
        }

        @Test
        void pushesAndTagsByManyThreads_loseNothing() throws Exception {
            givenImage();
            AtomicLong next = new AtomicLong();

            inParallel(8, () -> {
                for (int i = 0; i < 5; i++) {
                    String tag = "t" + next.incrementAndGet();
                    TestContent manifest = TestContent.of(
                            MediaType.OCI_INDEX,
                            new String(TestContent.index(MANIFEST).bytes(), UTF_8) + " ".repeat(tag.hashCode() % 97));
                    manifest.pushTo(store, tag);
                    assertThat(store.resolve(SCOPE, tag)).isEqualTo(manifest.descriptor());
                }
                return null;
            });

            assertThat(store.tags(SCOPE)).hasSize(40).contains("t1", "t40");
        }

        private void inParallel(int threads, Callable<?> work) throws Exception {
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    running.add(executor.submit(work));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            } finally {
                executor.shutdownNow();
            }
        }
    }

    @Nested
    class Cancelled {
        @Test
        void beforeItBegins_aPushStoresNothing() {
            Cancellation stopped = new Cancellation();
            stopped.cancel();

            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> store.push(stopped, LAYER.descriptor(), LAYER.source(), PushHints.NONE));
            assertAbsent(LAYER);
        }

        @Test
        void whileItReads_aPushStoresNothing() {
            Cancellation scope = new Cancellation();
            TestContent blob = TestContent.random(4, 1_000_000);
            ContentSource cancelling = ignored -> new FilterInputStream(new ByteArrayInputStream(blob.bytes())) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    scope.cancel();
                    return super.read(buffer, offset, Math.min(length, 10_000));
                }
            };

            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> store.push(scope, blob.descriptor(), cancelling, PushHints.NONE));
            assertAbsent(blob);
        }

        @Test
        void readsFailWithoutAskingTheStore() {
            givenImage("1.0");
            Cancellation stopped = new Cancellation();
            stopped.cancel();

            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> store.resolve(stopped, "1.0"));
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> store.exists(stopped, LAYER.descriptor()));
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> store.fetch(stopped, LAYER.descriptor(), 0));
            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> store.tags(stopped));
        }
    }

    @Test
    void closingTwice_doesNothingMore() {
        given(LAYER);

        store.close();
        store.close();
    }

    @Test
    void identity_staysTheSame() {
        StoreId before = store.id();
        given(LAYER);

        assertThat(store.id()).isEqualTo(before);
        assertThat(store.id().sharesBlobsWith(before)).isTrue();
    }
}
