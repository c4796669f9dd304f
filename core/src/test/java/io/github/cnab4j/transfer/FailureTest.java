/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.transfer.RecordingStore.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails, what that stops, and how it is told. */
@Timeout(30)
class FailureTest extends CopyFixture {
    private static NotFoundException notFound(String what) {
        return new NotFoundException("HEAD", what + " not found", "look elsewhere");
    }

    private void refuse(Descriptor refused, String... codes) {
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH && call.digest().equals(refused.digest())) {
                throw new RejectedException(400, List.of(codes), "PUT", "not wanted", null);
            }
        });
    }

    @Test
    void nothingIsPushed_whilePlanningGoesOn() {
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));
        List<Integer> pushesSeen = new ArrayList<>();
        CountDownLatch read = new CountDownLatch(1);
        source.hook((scope, call) -> read.countDown());
        try (CopySession session = open()) {
            session.plan("slow", () -> {
                session.add(root(image));
                session.plan("slower", () -> {
                    awaitLatch(read);
                    pushesSeen.add(target.calls(Operation.PUSH).size());
                });
            });
            session.await();
        }

        assertThat(pushesSeen).containsExactly(0);
        assertThat(target.has(image)).isTrue();
    }

    @Test
    void failedPlanSteps_areAllTold_inTheirOrder_andNothingWasPushed() {
        Descriptor image = graphs.image(graphs.blob("c"));
        CopyException failed;
        try (CopySession session = open()) {
            session.plan("first", () -> {
                throw notFound("first");
            });
            session.plan("second", () -> session.add(root("second", image).withTags(List.of("v1"))));
            session.plan("third", () -> {
                throw notFound("third");
            });
            failed = catchThrowableOfType(CopyException.class, session::await);
        }

        assertThat(failed.failures()).extracting(CopyException.Failure::label).containsExactly("first", "third");
        assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed).hasMessageContaining("first not found").hasMessageContaining("2 of 3");
        assertThat(target.calls(Operation.PUSH)).isEmpty();
        assertThat(failed.hint()).contains("look elsewhere");
    }

    @Test
    void whatIsReadAfterWhatItPointsToFailed_justFollows() {
        Descriptor lost = graphs.blob("lost");
        Descriptor bad = graphs.image(lost);
        Descriptor bundle = graphs.index(bad);
        CountDownLatch told = new CountDownLatch(1);
        source.hook((scope, call) -> {
            if (call.digest().equals(lost.digest())) {
                throw notFound("lost");
            }
            if (call.digest().equals(bundle.digest())) {
                awaitLatch(told);
            }
        });

        CopyException failed;
        try (CopySession session = GraphCopier.with(CopyOptions.defaults()).open(CallScope.unbounded(), event -> {
            if (event.kind() == CopyEvent.Kind.FAILED) {
                told.countDown();
            }
        })) {
            session.add(root("bad", bad));
            session.add(root("bundle", bundle).withTags(List.of("v1")));
            failed = catchThrowableOfType(CopyException.class, session::await);
        }

        assertThat(failed.failures()).extracting(CopyException.Failure::label).containsExactly("bad");
    }

    @Test
    void missingContent_failsItsImage_andTheBundleIsNotTagged() {
        Descriptor good = graphs.image(graphs.blob("good"));
        Descriptor lost = graphs.blob("lost");
        Descriptor bad = graphs.image(graphs.blob("c"), lost);
        Descriptor bundle = graphs.index(good, bad);
        source.hook((scope, call) -> {
            if (call.digest().equals(lost.digest())) {
                throw notFound("lost");
            }
        });

        CopyException failed = catchThrowableOfType(
                CopyException.class,
                () -> copy(
                        root("good", good),
                        root("bad", bad),
                        root("bundle", bundle).withTags(List.of("v1"))));

        assertThat(failed.failures()).extracting(CopyException.Failure::label).containsExactly("bad");
        assertThat(failed).hasMessageContaining("bad: lost not found");
        assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(target.tagList()).isEmpty();
        assertThat(target.has(bad)).isFalse();
        assertThat(target.has(bundle)).isFalse();
    }

    @Test
    void oneBlobOfTwoImages_failsBoth() {
        Descriptor lost = graphs.blob("lost");
        Descriptor one = graphs.image(graphs.blob("c"), lost);
        Descriptor two = graphs.image(graphs.blob("d"), lost);
        CountDownLatch bothRead = new CountDownLatch(2);
        source.hook((scope, call) -> {
            if (call.digest().equals(lost.digest())) {
                awaitLatch(bothRead);
                throw notFound("lost");
            }
            if (call.descriptor().mediaType().isManifest()) {
                bothRead.countDown();
            }
        });
        CopyException failed;
        try (CopySession session = open()) {
            session.plan("both", () -> {
                session.add(root("one", one));
                session.add(root("two", two));
            });
            failed = catchThrowableOfType(CopyException.class, session::await);
        }

        assertThat(failed.failures()).extracting(CopyException.Failure::label).containsExactly("one", "two");
        assertThat(failed.failures()).allMatch(failure -> failure.cause() instanceof NotFoundException);
    }

    @Test
    void alternative_takesTheRefusedRootsPlace_andIsToldWhatWasRefused() {
        Descriptor shared = graphs.image(graphs.blob("shared"));
        Descriptor oddConfig = graphs.image(graphs.blob("odd"));
        Descriptor plainConfig = graphs.image(graphs.blob("plain"));
        Descriptor odd = graphs.index(oddConfig, shared);
        Descriptor plain = graphs.index(plainConfig, shared);
        refuse(oddConfig, "MANIFEST_INVALID");
        List<Descriptor> refused = new ArrayList<>();

        copy(root("image", shared), root("bundle", odd).withTags(List.of("v1")).withAlternative((what, rejection) -> {
            refused.add(what);
            assertThat(rejection.registryCodes()).containsExactly("MANIFEST_INVALID");
            return Optional.of(root("bundle", plain).withTags(List.of("v1")));
        }));

        assertThat(refused).containsExactly(oddConfig);
        assertThat(target.resolveTag("v1")).isEqualTo(plain.digest());
        assertThat(target.has(odd)).isFalse();
        assertThat(target.digests(Operation.PUSH)).doesNotHaveDuplicates();
    }

    @Test
    void lastAlternative_isTheFailure() {
        Descriptor first = graphs.index(graphs.image(graphs.blob("a")));
        Descriptor second = graphs.index(graphs.image(graphs.blob("b")));
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH
                    && call.descriptor().mediaType().equals(MediaType.OCI_INDEX)) {
                throw new RejectedException(400, List.of("MANIFEST_INVALID"), "PUT", "refused " + call.digest(), null);
            }
        });

        CopyException failed = catchThrowableOfType(
                CopyException.class,
                () -> copy(root("bundle", first)
                        .withAlternative((what, rejection) -> Optional.of(root("bundle", second)))));

        assertThat(failed.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.label()).isEqualTo("bundle");
            assertThat(failure.cause()).hasMessage("refused " + second.digest());
        });
    }

    @Test
    void alternative_isNotAskedForWhatIsNoRefusal() {
        Descriptor image = graphs.image(graphs.blob("c"));
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH) {
                throw notFound("target");
            }
        });

        assertThatExceptionOfType(CopyException.class)
                .isThrownBy(() -> copy(root(image).withAlternative((what, rejection) -> {
                    throw new AssertionError("asked");
                })));
    }

    @Test
    void manifestThatIsNone_failsWithItsPlace() {
        byte[] content = "{\"schemaVersion\":1}".getBytes(UTF_8);
        Descriptor broken = Descriptor.of(MediaType.OCI_MANIFEST, content);
        source.content().push(CallScope.unbounded(), broken, ContentSource.ofBytes(content), PushHints.NONE);

        assertThatExceptionOfType(CopyException.class)
                .isThrownBy(() -> copy(root(broken)))
                .withMessageContaining(broken.digest().toString())
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_MANIFEST));
    }

    @Test
    void cancel_endsTheWait_andStartsNothingNew() {
        Cancellation cancellation = new Cancellation();
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH) {
                cancellation.cancel();
                scope.throwIfCancelled();
            }
        });
        try (CopySession session = open(CopyOptions.defaults().withParallelism(1), cancellation)) {
            session.add(root("demo", image).withTags(List.of("v1")));
            assertThatExceptionOfType(CancelledException.class).isThrownBy(session::await);
        }

        assertThat(target.calls(Operation.PUSH)).hasSize(1);
        assertThat(target.tagList()).isEmpty();
        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        CopyEvent.RootFinished.class,
                        finished -> assertThat(finished.error()).isInstanceOf(CancelledException.class));
    }

    @Test
    void interrupt_cancelsTheWork_andStaysSet() throws Exception {
        Descriptor image = graphs.image(graphs.blob("c"));
        CountDownLatch pushing = new CountDownLatch(1);
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH) {
                CountDownLatch cancelled = new CountDownLatch(1);
                CallScope.Registration registration = scope.onCancel(cancelled::countDown);
                pushing.countDown();
                awaitLatch(cancelled);
                registration.close();
                scope.throwIfCancelled();
            }
        });
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (CopySession session = open()) {
            session.add(root(image));
            Future<Boolean> outcome = caller.submit(() -> {
                assertThatExceptionOfType(CancelledException.class).isThrownBy(session::await);
                return Thread.currentThread().isInterrupted();
            });
            awaitLatch(pushing);
            caller.shutdownNow();
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void close_withoutAwait_stopsWhatIsInFlight() {
        Descriptor image = graphs.image(graphs.blob("c"));
        CountDownLatch pushing = new CountDownLatch(1);
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH) {
                CountDownLatch cancelled = new CountDownLatch(1);
                CallScope.Registration registration = scope.onCancel(cancelled::countDown);
                pushing.countDown();
                awaitLatch(cancelled);
                registration.close();
                scope.throwIfCancelled();
            }
        });
        CopySession session = open();
        session.add(root(image));
        awaitLatch(pushing);
        session.close();

        assertThat(target.has(image)).isFalse();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> session.add(root(image)));
    }

    @Test
    void defectInATask_isThrownByAwait_notWaitedForEver() {
        Descriptor image = graphs.image(graphs.blob("c"));
        target.hook((scope, call) -> {
            throw new IllegalStateException("a defect");
        });
        CopySession session = open();
        session.add(root(image));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(session::await)
                .withMessage("a defect");
    }
}
