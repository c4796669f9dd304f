/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a push leaves at the registry when it is stopped. */
@Timeout(60)
class StoppedUploadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TestContent LAYER = TestContent.random(1, 3_000_000);
    private static final RequestPattern POST = RequestPattern.of("POST", Kind.UPLOAD);

    private final Cancellation work = new Cancellation();
    private final Gate gate = new Gate();
    private final ExecutorService pusher = Executors.newSingleThreadExecutor();
    private TestRegistry source;
    private TestRegistry target;
    private RegistryClient client;

    @BeforeEach
    void start() {
        source = TestRegistry.start();
        source.repository("origin").putBlob(LAYER.bytes());
        target = TestRegistry.start();
        client = RegistryClient.builder().time(new FakeClock(), () -> 1).build();
    }

    @AfterEach
    void stop() {
        gate.open();
        pusher.shutdownNow();
        client.close();
        target.close();
        source.close();
    }

    private Future<PushOutcome> push(TestContent content, ContentSource bytes, PushHints hints) {
        RegistryStore store = client.target(new Repository(target.host(), "copy"));
        return pusher.submit(() -> store.push(work, content.descriptor(), bytes, hints));
    }

    private static PushHints missing(StoreId... mountFrom) {
        return new PushHints(List.of(mountFrom), List.of(), true, sent -> {});
    }

    private void assertStopped(Future<PushOutcome> push) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(push::get)
                .withCauseInstanceOf(CancelledException.class);
        assertThat(target.log().count("DELETE", Kind.UPLOAD)).isEqualTo(1);
        assertThat(target.openUploads()).isZero();
    }

    @Test
    void inTheMiddleOfABlob_theUploadIsCancelled() throws Exception {
        RegistryStore from = client.store(new Repository(source.host(), "origin"));
        source.inject(RequestPattern.of("GET", Kind.BLOB), Fault.holdAfter(gate, 1_000_000));
        Gate arrival = new Gate();
        arrival.open();
        target.inject(RequestPattern.of("PUT", Kind.UPLOAD), Fault.hold(arrival));

        Future<PushOutcome> push = push(LAYER, ContentSource.of(from, LAYER.descriptor()), missing());
        assertThat(gate.awaitArrivals(1, PATIENCE)).isTrue();
        assertThat(arrival.awaitArrivals(1, PATIENCE)).isTrue();
        assertThat(target.openUploads()).isEqualTo(1);
        work.cancel();

        assertStopped(push);
    }

    @Test
    void whileAnUploadIsBeingOpened_theAnswerIsWaitedFor_andTheUploadCancelled() throws Exception {
        target.inject(POST, Fault.hold(gate));

        Future<PushOutcome> push = push(LAYER, LAYER.source(), missing());
        assertThat(gate.awaitArrivals(1, PATIENCE)).isTrue();
        work.cancel();
        gate.open();

        assertStopped(push);
    }

    @Test
    void whileAMountIsAskedFor_theUploadThatItOpensIsCancelled() throws Exception {
        target.inject(POST, Fault.hold(gate));
        StoreId place = new StoreId("registry", target.host(), "nothing");
        PushHints unsure = new PushHints(List.of(place), List.of(), false, sent -> {});

        Future<PushOutcome> push = push(LAYER, LAYER.source(), unsure);
        assertThat(gate.awaitArrivals(1, PATIENCE)).isTrue();
        work.cancel();
        gate.open();

        assertStopped(push);
    }

    @Test
    void whileABlobGoesWithOneRequest_theUploadThatItMayOpenIsCancelled() throws Exception {
        target.inject(POST, Occurrence.first(1), Fault.ignorePostedBlob());
        target.inject(POST, Fault.hold(gate));
        TestContent small = TestContent.random(5, 1000);

        Future<PushOutcome> push = push(small, small.source(), missing());
        assertThat(gate.awaitArrivals(1, PATIENCE)).isTrue();
        work.cancel();
        gate.open();

        assertStopped(push);
    }

    @Test
    void beforeAnythingWasSent_nothingIs() {
        work.cancel();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(push(LAYER, LAYER.source(), missing())::get)
                .withCauseInstanceOf(CancelledException.class);
        assertThat(target.log().count()).isZero();
    }
}
