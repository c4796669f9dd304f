/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.Quirk;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.log.LoggedRequest;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an upload that breaks off midway. */
@Timeout(60)
class ResumedUploadTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final int SIZE = 3_000_000;
    private static final int BREAK = 2_000_000;
    private static final TestContent LAYER = TestContent.random(1, SIZE);
    private static final String DIGEST = LAYER.descriptor().digest().toString();
    private static final RequestPattern PUT = RequestPattern.of("PUT", Kind.UPLOAD);
    private static final RequestPattern PATCH = RequestPattern.of("PATCH", Kind.UPLOAD);
    private static final RequestPattern STATUS = RequestPattern.of("GET", Kind.UPLOAD);
    private static final PushHints MISSING = new PushHints(List.of(), List.of(), true, sent -> {});

    private final FakeClock clock = new FakeClock();
    private TestRegistry source;
    private TestRegistry target;
    private RegistryClient client;

    @BeforeEach
    void start() {
        source = TestRegistry.start();
        source.repository("origin").putBlob(LAYER.bytes());
        target = TestRegistry.start();
        client = RegistryClient.builder().time(clock, () -> 1).build();
    }

    @AfterEach
    void stop() {
        client.close();
        target.close();
        source.close();
    }

    private PushOutcome push() {
        return push(client, MISSING);
    }

    private PushOutcome push(RegistryClient with, PushHints hints) {
        RegistryStore from = with.store(new Repository(source.host(), "origin"));
        return with.target(new Repository(target.host(), "copy"))
                .push(SCOPE, LAYER.descriptor(), ContentSource.of(from, LAYER.descriptor()), hints);
    }

    private void assertWhole() {
        assertThat(target.repository("copy").blob(DIGEST)).isEqualTo(LAYER.bytes());
        assertThat(target.openUploads()).isZero();
    }

    private List<String> ranges() {
        return source.log().requests(request -> request.kind() == Kind.BLOB).stream()
                .map(request -> request.headers().first("Range").orElse("-"))
                .toList();
    }

    @Test
    void brokenUpload_isAskedForItsOffset_andGetsOnlyTheRest() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        List<Long> told = new ArrayList<>();

        PushOutcome outcome = push(client, new PushHints(List.of(), List.of(), true, told::add));

        assertThat(outcome).isEqualTo(PushOutcome.UPLOADED);
        assertThat(target.log().counts()).hasToString("{GET UPLOAD=1, PATCH UPLOAD=1, POST UPLOAD=1, PUT UPLOAD=2}");
        LoggedRequest rest = target.log()
                .requests(request -> request.method().equals("PATCH"))
                .get(0);
        assertThat(rest.headers().first("Content-Range")).contains(BREAK + "-" + (SIZE - 1));
        assertThat(rest.bytesIn()).isEqualTo(SIZE - BREAK);
        assertThat(told.stream().mapToLong(Long::longValue).sum()).isEqualTo(SIZE);
        assertWhole();
    }

    @Test
    void restOfABrokenUpload_isReadFromTheSourceByRange_fromShortlyBefore() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));

        push();

        assertThat(ranges()).hasSize(2);
        long from = Long.parseLong(ranges().get(1).replaceAll("bytes=(\\d+)-.*", "$1"));
        assertThat(from).isBetween(BREAK - 512_000L, (long) BREAK);
    }

    @Test
    void uploadThatBreaksAgain_goesOnAgain() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(1_000_000));
        target.inject(PATCH, Occurrence.first(1), Fault.resetAfterRequestBytes(1_000_000));

        push();

        assertThat(target.log().count("PATCH", Kind.UPLOAD)).isEqualTo(2);
        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(1);
        // Something was gained in between: no wait is longer than the first.
        assertThat(clock.waits()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(250));
        assertWhole();
    }

    @Test
    void partsOfAnUpload_goOnWithThePartThatBroke() {
        target.inject(PATCH, Occurrence.nth(2), Fault.resetAfterRequestBytes(500_000));
        try (RegistryClient parts = RegistryClient.builder()
                .time(clock, () -> 1)
                .chunkSize(1_000_000)
                .build()) {
            push(parts, MISSING);
        }

        assertThat(target.log().requests(request -> request.method().equals("PATCH")).stream()
                        .map(request -> request.headers().first("Content-Range").orElse("-")))
                .containsExactly("0-999999", "1000000-1999999", "1500000-2499999", "2500000-2999999");
        assertWhole();
    }

    @Test
    void breakOfTheClosingRequest_sendsNothingTwice() {
        target.inject(PUT, Occurrence.first(1), Fault.status(405));
        target.inject(PUT, Occurrence.nth(2), Fault.resetBefore());

        push();

        assertThat(target.log().counts())
                .hasToString("{DELETE UPLOAD=1, GET UPLOAD=1, PATCH UPLOAD=1, POST UPLOAD=2, PUT UPLOAD=3}");
        assertWhole();
    }

    @Test
    void answerThatIsLost_costsAQuestion_notTheBytes() {
        target.inject(PUT, Fault.loseResponse());

        assertThat(push()).isEqualTo(PushOutcome.UPLOADED);

        assertThat(target.log().requests(request -> request.method().equals("PUT")))
                .hasSize(1);
        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(1);
        assertWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "500", "no range", "nothing", "too much"})
    void sessionThatIsOfNoUseAnyMore_isGivenUpForAnother(String answer) {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        target.inject(
                STATUS,
                switch (answer) {
                    case "404" -> Fault.status(404, ErrorCode.BLOB_UPLOAD_UNKNOWN, "gone");
                    case "500" -> Fault.status(500);
                    case "no range" -> Fault.withoutHeader("Range");
                    case "nothing" -> Fault.withHeader("Range", "0--1");
                    default -> Fault.withHeader("Range", "0-" + (SIZE + 10));
                });

        push();

        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(2);
        assertThat(target.log().count("PATCH", Kind.UPLOAD)).isZero();
        assertThat(target.log().count("PUT", Kind.UPLOAD)).isEqualTo(2);
        assertWhole();
    }

    @Test
    void registryThatCountsWrong_getsAnotherUpload() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        target.inject(STATUS, Fault.withHeader("Range", "0-" + (BREAK - 100)));
        List<Long> told = new ArrayList<>();

        push(client, new PushHints(List.of(), List.of(), true, told::add));

        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(2);
        assertThat(told).as("each byte once").allMatch(bytes -> bytes > 0);
        assertThat(told.stream().mapToLong(Long::longValue).sum()).isEqualTo(SIZE);
        assertWhole();
    }

    @Test
    void offsetThatHasMovedOn_isAskedForOnceMore() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        target.inject(STATUS, Occurrence.first(1), Fault.withHeader("Range", "0-" + (BREAK - 100)));

        push();

        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(1);
        assertThat(target.log().count("GET", Kind.UPLOAD)).isEqualTo(2);
        assertWhole();
    }

    @ParameterizedTest
    @CsvSource({
        "400, DIGEST_INVALID",
        "404, BLOB_UPLOAD_UNKNOWN",
        "400, BLOB_UPLOAD_INVALID",
        "400, SIZE_INVALID",
        "408, UNKNOWN",
        "500, UNKNOWN",
        "504, UNKNOWN"
    })
    void whatMayBeChance_isTriedAgain_inAnotherUpload(int status, String code) {
        target.inject(PUT, Occurrence.first(1), Fault.status(status, ErrorCode.valueOf(code), "for once"));

        assertThat(push()).isEqualTo(PushOutcome.UPLOADED);

        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(2);
        assertThat(target.log().count("PATCH", Kind.UPLOAD)).isZero();
        assertWhole();
    }

    @Test
    void whatIsNoChance_isNotTriedForEver() {
        target.inject(PUT, Fault.status(400, ErrorCode.DIGEST_INVALID, "always"));

        RejectedException refused = catchThrowableOfType(RejectedException.class, this::push);

        assertThat(refused.registryCodes()).containsExactly("DIGEST_INVALID");
        assertThat(target.log().count("PUT", Kind.UPLOAD)).isEqualTo(4);
        assertThat(target.openUploads()).isZero();
    }

    @Test
    void uploadThatAlwaysBreaks_isGivenUpWithTheBudget_andLeavesNothing() {
        target.inject(PUT, Fault.resetAfterRequestBytes(1000));
        target.inject(PATCH, Fault.resetAfterRequestBytes(1000));

        assertThatExceptionOfType(TransportException.class).isThrownBy(this::push);

        // The first and 8 repeats.
        assertThat(target.log().count("PUT", Kind.UPLOAD) + target.log().count("PATCH", Kind.UPLOAD))
                .isEqualTo(9);
        assertThat(target.openUploads()).isZero();
    }

    @Test
    void damageInWhatIsReadAgain_commitsNothing() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        source.inject(
                RequestPattern.of("GET", Kind.BLOB)
                        .and(request -> request.headers().first("Range").isPresent()),
                Fault.flipBit(700_000));

        assertThatExceptionOfType(IntegrityException.class).isThrownBy(this::push);

        assertThat(target.repository("copy").hasBlob(DIGEST)).isFalse();
        assertThat(target.log().requests(request -> request.method().equals("PUT")))
                .hasSize(1);
        assertThat(target.openUploads()).isZero();
    }

    @Test
    void damageInWhatWasSentBefore_commitsNothing() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        source.inject(RequestPattern.of("GET", Kind.BLOB), Occurrence.first(1), Fault.flipBit(10));

        assertThatExceptionOfType(IntegrityException.class).isThrownBy(this::push);

        assertThat(target.repository("copy").hasBlob(DIGEST)).isFalse();
        assertThat(target.openUploads()).isZero();
    }

    /** A registry that once refused the rest of an upload is not asked to go on with the next one. */
    @Test
    void uploadAfterARefusedRest_isNotGoneOnWith() {
        target.inject(PUT, Occurrence.first(2), Fault.resetAfterRequestBytes(BREAK));
        target.inject(PATCH, Fault.status(400));

        push();

        assertThat(target.log().count("GET", Kind.UPLOAD)).isEqualTo(1);
        assertThat(target.log().count("PATCH", Kind.UPLOAD)).isEqualTo(1);
        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(3);
        assertWhole();
    }

    @Test
    void q23_partsThatAreDropped_areMissed_andNothingIsClosed() {
        InjectedFault quirk = target.with(Quirk.DROPS_LATER_CHUNKS);
        try (RegistryClient parts = RegistryClient.builder()
                .time(clock, () -> 1)
                .chunkSize(1_000_000)
                .build()) {
            TransportException lost = catchThrowableOfType(TransportException.class, () -> push(parts, MISSING));

            assertThat(lost).hasMessageContaining("of 2000000 bytes sent the registry has 1000000");
            assertThat(lost.hint().orElseThrow()).contains("without a chunk size");
        }
        assertThat(quirk.strikes()).isEqualTo(1);
        assertThat(target.log().count("PUT", Kind.UPLOAD)).isZero();
        assertThat(target.openUploads()).isZero();
    }

    @Test
    void q23_restThatIsDropped_comesInAnotherUpload() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        InjectedFault quirk = target.with(Quirk.DROPS_LATER_CHUNKS);

        push();

        assertThat(quirk.strikes()).isEqualTo(1);
        assertThat(target.log().count("POST", Kind.UPLOAD)).isEqualTo(2);
        assertWhole();
    }

    @Test
    void sourceThatCannotBeReadFromThere_isToBlame() {
        target.inject(PUT, Occurrence.first(1), Fault.resetAfterRequestBytes(BREAK));
        AtomicInteger opened = new AtomicInteger();
        ContentSource source = scope -> opened.incrementAndGet() == 1
                ? new ByteArrayInputStream(LAYER.bytes())
                : new ByteArrayInputStream(LAYER.bytes(), 0, 10);

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> client.target(new Repository(target.host(), "copy"))
                        .push(SCOPE, LAYER.descriptor(), source, MISSING))
                .withMessageContaining("from its source failed");

        assertThat(opened).hasValue(2);
        assertThat(target.openUploads()).isZero();
    }

    @Test
    void smallestPart_isKeptTo_alsoAfterABreak() {
        try (TestRegistry picky = TestRegistry.builder()
                        .api(options -> options.withMinChunkBytes(1_000_000))
                        .start();
                RegistryClient parts = RegistryClient.builder()
                        .time(clock, () -> 1)
                        .chunkSize(100_000)
                        .build()) {
            picky.inject(PATCH, Occurrence.nth(2), Fault.resetBefore());

            parts.target(new Repository(picky.host(), "copy")).push(SCOPE, LAYER.descriptor(), LAYER.source(), MISSING);

            assertThat(picky.log().count("PATCH", Kind.UPLOAD)).isEqualTo(4);
        }
    }

    @Test
    void sourceThatFails_endsTheUpload() {
        source.inject(RequestPattern.of("GET", Kind.BLOB), Fault.truncate(1_000_000));
        source.inject(RequestPattern.of("GET", Kind.BLOB), Occurrence.after(1), Fault.status(404));

        assertThatExceptionOfType(CnabException.class).isThrownBy(this::push);

        assertThat(target.repository("copy").hasBlob(DIGEST)).isFalse();
        assertThat(target.openUploads()).isZero();
        assertThat(target.log().count("DELETE", Kind.UPLOAD)).isEqualTo(1);
    }

    @Test
    void locationThatChanges_isAskedForTheOffset_andGoneOnWith() {
        target.with(Quirk.CHANGING_LOCATION);
        target.inject(PATCH, Occurrence.nth(2), Fault.resetBefore());
        try (RegistryClient parts = RegistryClient.builder()
                .time(clock, () -> 1)
                .chunkSize(1_000_000)
                .build()) {
            push(parts, MISSING);
        }

        assertThat(target.log().counts()).hasToString("{GET UPLOAD=1, PATCH UPLOAD=4, POST UPLOAD=1, PUT UPLOAD=1}");
        assertWhole();
    }

    @Test
    void locationThatChanges_isTheOneThatIsGivenUp() {
        target.with(Quirk.CHANGING_LOCATION);
        target.inject(PATCH, Occurrence.nth(2), Fault.status(403));
        try (RegistryClient parts = RegistryClient.builder()
                .time(clock, () -> 1)
                .chunkSize(1_000_000)
                .build()) {
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> push(parts, MISSING));
        }

        assertThat(target.openUploads()).isZero();
    }
}
