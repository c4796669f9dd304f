/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.OverlayStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.transfer.RecordingStore.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Things that happen at the same time, and stores that say one thing and then another. */
@Timeout(60)
class HardCasesTest extends CopyFixture {
    private void put(Descriptor content) {
        byte[] bytes = Verified.readAll(CallScope.unbounded(), source.content(), content, 1 << 20);
        target.content().push(CallScope.unbounded(), content, ContentSource.ofBytes(bytes), PushHints.NONE);
    }

    /** The source has lost a manifest, and the target says only then that it has it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sourceThatCannotBeRead_isTheFailureWhereTheManifestIsNeeded(boolean deep) {
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));
        graphs.below(image).forEach(this::put);
        CountDownLatch readFailed = new CountDownLatch(1);
        CopyOptions one = CopyOptions.defaults().withParallelism(1).withDeep(deep);
        try (CopySession session = open(one, CallScope.unbounded())) {
            source.hook((scope, call) -> {
                // With one task at a time at the source this one is done when the next begins.
                session.plan("next", Set.of(source.id()), readFailed::countDown);
                throw new NotFoundException("GET", "gone", null);
            });
            target.hook((scope, call) -> {
                if (call.operation() == Operation.EXISTS) {
                    awaitLatch(readFailed);
                }
            });
            session.add(root("app", image).withTags(deep ? List.of() : List.of("v1")));

            assertThatExceptionOfType(CopyException.class)
                    .isThrownBy(session::await)
                    .withMessageContaining("app")
                    .withMessageContaining("gone");
        }
    }

    @Test
    void blobThatTwoManifestsShareAndTheRegistryDenies_isSentForBoth() {
        Descriptor shared = graphs.blob("shared");
        Descriptor one = graphs.image(graphs.blob("1"), shared);
        Descriptor two = graphs.image(graphs.blob("2"), shared);
        put(shared);
        Set<Digest> sent = ConcurrentHashMap.newKeySet();
        Set<Digest> tried = ConcurrentHashMap.newKeySet();
        CyclicBarrier both = new CyclicBarrier(2);
        target.hook((scope, call) -> {
            if (call.operation() != Operation.PUSH) {
                return;
            }
            if (!call.descriptor().mediaType().isManifest()) {
                sent.add(call.digest());
                return;
            }
            boolean first = tried.add(call.digest());
            if (first) {
                await(both);
            }
            if (first || !sent.contains(shared.digest())) {
                throw new RejectedException(400, List.of("MANIFEST_BLOB_UNKNOWN"), "PUT", "blob unknown", null);
            }
        });

        copy(root("one", one), root("two", two));

        assertThat(target.has(one)).isTrue();
        assertThat(target.has(two)).isTrue();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a layer is foreign is said where it is used. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void layerThatIsForeignInOneImageAndOrdinaryInAnother_isCopied(boolean foreignFirst) {
        Descriptor layer = graphs.blob("layer");
        Descriptor foreign = new Descriptor(
                layer.mediaType(),
                layer.digest(),
                layer.size(),
                List.of("https://elsewhere.example/l"),
                Map.of(),
                null,
                null,
                JsonObject.empty());
        Descriptor windows = graphs.image(graphs.blob("1"), foreign);
        Descriptor plain = graphs.image(graphs.blob("2"), layer);
        Descriptor late = foreignFirst ? plain : windows;
        CountDownLatch early = new CountDownLatch(1);
        source.hook((scope, call) -> {
            if (call.digest().equals(late.digest())) {
                awaitLatch(early);
            }
        });
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH
                    && call.descriptor().mediaType().isManifest()) {
                early.countDown();
            }
        });

        copy(root(graphs.index(windows, plain)).withTags(List.of("v1")));

        assertThat(target.has(layer)).isTrue();
    }

    /** Its failure has nothing to do with where the content comes from. */
    @Test
    void targetThatRefusesAccess_isAskedOnce_howeverManySourcesThereAre() {
        Descriptor blob = graphs.blob(1, KeptContent.SMALL_BLOB + 1);
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH) {
                throw new AccessDeniedException(403, "POST", "no", "no");
            }
        });

        try (CopySession session = open()) {
            session.plan("all", () -> {
                for (int i = 0; i < 4; i++) {
                    session.add(CopyRoot.of("root " + i, other(i, blob), target, blob));
                }
            });
            assertThatExceptionOfType(CopyException.class).isThrownBy(session::await);
        }

        assertThat(target.calls(Operation.PUSH)).hasSize(1);
    }

    private RecordingStore other(int number, Descriptor blob) {
        RecordingStore store = new RecordingStore("from" + number + ".example", "app");
        store.content().push(CallScope.unbounded(), blob, ContentSource.of(source.content(), blob), PushHints.NONE);
        return store;
    }

    @Test
    void sourceThatFailsWhileItsContentIsSent_leavesItToAnotherSource() {
        Descriptor blob = graphs.blob(1, KeptContent.SMALL_BLOB + 1);
        RecordingStore first = other(1, blob);
        first.hook((scope, call) -> {
            throw new RejectedException(410, List.of(), "GET", "gone for ever", null);
        });

        try (CopySession session = open()) {
            session.plan("both", () -> {
                session.add(CopyRoot.of("one", first, target, blob));
                session.add(CopyRoot.of("two", other(2, blob), target, blob));
            });
            session.await();
        }

        assertThat(target.has(blob)).isTrue();
    }

    /** Several views of one repository are one place to get a blob from. */
    @Test
    void viewsOfOneRepository_areNotTriedOneAfterTheOther() {
        Descriptor blob = graphs.blob(1, KeptContent.SMALL_BLOB + 1);
        source.hook((scope, call) -> {
            throw new NotFoundException("GET", "gone", null);
        });

        try (CopySession session = open()) {
            session.plan("all", () -> {
                for (int i = 0; i < 4; i++) {
                    session.add(CopyRoot.of("root " + i, new OverlayStore(source), target, blob));
                }
            });
            assertThatExceptionOfType(CopyException.class).isThrownBy(session::await);
        }

        assertThat(source.calls(Operation.FETCH)).hasSize(1);
    }

    @Test
    void indexThatIsThere_getsItsTagOnlyWhenWhatThisCopyBringsBelowItIsThereToo() {
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));
        Descriptor top = graphs.index(image);
        put(top);
        CountDownLatch tagged = new CountDownLatch(1);
        target.hook((scope, call) -> {
            if (call.operation() != Operation.PUSH) {
                return;
            }
            if (call.descriptor().mediaType().isManifest()) {
                tagged.countDown();
            } else {
                throw new RejectedException(400, List.of("DENIED"), "POST", "no", null);
            }
        });

        try (CopySession session = open()) {
            session.plan("both", () -> {
                session.add(root("image", image));
                session.add(root("top", top).withTags(List.of("v1")));
            });
            assertThatExceptionOfType(CopyException.class).isThrownBy(session::await);
        }

        assertThat(target.tagList()).isEmpty();
    }
}
