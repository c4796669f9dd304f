/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a content whose reading breaks off midway. */
@Timeout(60)
class ResumedDownloadTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final int SIZE = 300_000;
    private static final int BREAK = 100_000;
    private static final String REST = "bytes=" + BREAK + "-" + (SIZE - 1);
    private static final TestContent LAYER = TestContent.random(1, SIZE);
    private static final RequestPattern GET = RequestPattern.of("GET", Kind.BLOB);
    private static final RequestPattern RANGED = GET.and(ResumedDownloadTest::isRanged);

    private TestRegistry registry;
    private RegistryClient client;
    private RegistryStore store;
    private final FakeClock clock = new FakeClock();

    @BeforeEach
    void fill() {
        registry = TestRegistry.start();
        registry.repository("app").putBlob(LAYER.bytes());
        client = RegistryClient.builder().time(clock, () -> 1).build();
        store = client.store(new Repository(registry.host(), "app"));
    }

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private static boolean isRanged(Request request) {
        return request.headers().first("Range").isPresent();
    }

    private byte[] read() {
        return Verified.readAll(SCOPE, store, LAYER.descriptor(), SIZE);
    }

    /** The Range of each request for the blob; a dash where there was none. */
    private List<String> ranges() {
        return registry.log().requests(request -> request.kind() == Kind.BLOB).stream()
                .map(request -> request.headers().first("Range").orElse("-"))
                .toList();
    }

    @Test
    void truncatedBody_isGoneOnWithFromTheByteWhereItBroke() {
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST);
        assertThat(clock.waits()).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void truncatedChunkedBody_isGoneOnWithFromTheByteWhereItBroke() {
        registry.inject(GET, Occurrence.first(1), Fault.withoutHeader("Content-Length"));
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST);
    }

    @Test
    void resetMidway_isGoneOnWith() {
        registry.inject(GET, Occurrence.first(1), Fault.resetAfter(BREAK));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).hasSize(2);
    }

    @Test
    void bodyThatComesToAStandstill_isGoneOnWithAfterTheTimeout() {
        CountDownLatch end = new CountDownLatch(1);
        registry.inject(
                GET,
                Occurrence.first(1),
                Fault.custom((request, next) -> next.handle(request).withBody(new StalledBody(end))));

        try (RegistryClient impatient = RegistryClient.builder()
                .time(clock, () -> 1)
                .idleTimeout(Duration.ofMillis(500))
                .build()) {
            RegistryStore stalling = impatient.store(new Repository(registry.host(), "app"));
            assertThat(Verified.readAll(SCOPE, stalling, LAYER.descriptor(), SIZE))
                    .isEqualTo(LAYER.bytes());
        } finally {
            end.countDown();
        }
        assertThat(ranges()).containsExactly("-", REST);
    }

    @Test
    void bodyOfUnknownEnd_thatEndsTooEarly_isGoneOnWith() {
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        String beginning = new String(LAYER.bytes(), 0, BREAK, StandardCharsets.ISO_8859_1);
        registry.inject(GET, Occurrence.first(1), Fault.raw(head + beginning));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST);
    }

    @Test
    void rangeThatIsIgnored_costsTheBytesAgain_butNotTheHash() {
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));
        registry.inject(
                RANGED,
                new Fault.AlterRequest(
                        request -> request.withHeaders(request.headers().without("Range"))));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST);
    }

    @Test
    void breakBeforeThePlaceIsReachedAgain_isABreakLikeAnyOther() {
        registry.inject(
                RANGED,
                new Fault.AlterRequest(
                        request -> request.withHeaders(request.headers().without("Range"))));
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));
        registry.inject(GET, Occurrence.nth(2), Fault.truncate(BREAK / 2));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST, REST);
        // Nothing was gained in between: the second wait is the longer one.
        assertThat(clock.waits()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void range416_startsOver() {
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));
        registry.inject(RANGED, Fault.status(416));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST, "-");
    }

    @Test
    void anotherRangeThanAskedFor_startsOver() {
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));
        registry.inject(RANGED, Fault.withHeader("Content-Range", "bytes 0-199999/" + SIZE));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST, "-");
    }

    @Test
    void contentThatBreaksAgainAndAgain_isGivenUpWithTheBudget() {
        registry.inject(GET, Fault.truncate(10));

        assertThatExceptionOfType(TransportException.class).isThrownBy(this::read);

        // The first and 8 repeats, each of which brought 10 bytes.
        assertThat(ranges()).hasSize(9).last().isEqualTo("bytes=80-" + (SIZE - 1));
    }

    @Test
    void damageInTheFirstPart_isFoundAfterTheSecond_andReadOnceMore() {
        registry.inject(GET, Occurrence.first(1), Fault.flipBit(BREAK / 2));
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST, "-");
    }

    @Test
    void damageInTheSecondPart_isFound_andReadOnceMore() {
        registry.inject(GET, Occurrence.first(1), Fault.truncate(BREAK));
        registry.inject(RANGED, Fault.flipBit(SIZE - BREAK - 1));

        assertThat(read()).isEqualTo(LAYER.bytes());
        assertThat(ranges()).containsExactly("-", REST, "-");
    }

    @Test
    void lastingDamage_isReadTwice_thenAFailure() {
        registry.inject(GET, Fault.flipBit(1));

        assertThatExceptionOfType(IntegrityException.class).isThrownBy(this::read);
        assertThat(ranges()).containsExactly("-", "-");
    }

    @Test
    void uploadThatIsFedByABreakingDownload_isOneUpload() {
        try (TestRegistry target = TestRegistry.start()) {
            registry.inject(GET, Occurrence.first(2), Fault.truncate(BREAK));
            RegistryStore there = client.target(new Repository(target.host(), "copy"));

            PushOutcome outcome =
                    there.push(SCOPE, LAYER.descriptor(), ContentSource.of(store, LAYER.descriptor()), PushHints.NONE);

            assertThat(outcome).isEqualTo(PushOutcome.UPLOADED);
            assertThat(target.log().counts()).hasToString("{HEAD BLOB=1, POST UPLOAD=1, PUT UPLOAD=1}");
            assertThat(target.repository("copy")
                            .blob(LAYER.descriptor().digest().toString()))
                    .isEqualTo(LAYER.bytes());
            assertThat(ranges()).hasSize(3);
        }
    }

    @Test
    void readingFromTheMiddle_isGoneOnWithToo() throws Exception {
        registry.inject(RANGED, Occurrence.first(1), Fault.truncate(50_000));

        try (InputStream in = store.fetch(SCOPE, LAYER.descriptor(), BREAK)) {
            byte[] expected = new byte[SIZE - BREAK];
            System.arraycopy(LAYER.bytes(), BREAK, expected, 0, expected.length);
            assertThat(in.readAllBytes()).isEqualTo(expected);
        }
        assertThat(ranges()).containsExactly(REST, "bytes=150000-" + (SIZE - 1));
    }

    /** Gives a part of the layer, then nothing more. */
    private record StalledBody(CountDownLatch end) implements Body {
        @Override
        public long length() {
            return SIZE;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(LAYER.bytes(), 0, BREAK);
            out.flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("never finished");
        }
    }
}
