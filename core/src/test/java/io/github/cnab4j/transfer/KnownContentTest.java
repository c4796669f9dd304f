/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.transfer.RecordingStore.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is known is not asked, and what was known wrongly is mended. */
class KnownContentTest extends CopyFixture {
    @Test
    void manifestAtTheTarget_endsItsSubtree() {
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));
        copy(root(image));
        int fetched = source.calls(Operation.FETCH).size();
        int asked = target.calls(Operation.EXISTS).size();
        int pushed = target.calls(Operation.PUSH).size();

        CopyReport again = copy(root(image));

        assertThat(again.present()).isEqualTo(1);
        assertThat(target.calls(Operation.EXISTS)).hasSize(asked + 1);
        assertThat(source.calls(Operation.FETCH)).hasSize(fetched);
        assertThat(target.calls(Operation.PUSH)).hasSize(pushed);
    }

    @Test
    void deep_looksBelowWhatTheTargetHas() {
        Descriptor lost = graphs.blob("lost");
        Descriptor image = graphs.image(graphs.blob("c"), lost);
        putBytes(image);

        CopyReport report = copy(CopyOptions.defaults().withDeep(true), root(image));

        assertThat(target.has(lost)).isTrue();
        assertThat(report.uploaded()).isEqualTo(2);
        assertThat(report.present()).isEqualTo(1);
    }

    /** A manifest at the target whose children are not: as after a collection of garbage. */
    private void putBytes(Descriptor manifest) {
        byte[] content = Verified.readAll(CallScope.unbounded(), source.content(), manifest, 1 << 20);
        target.content().push(CallScope.unbounded(), manifest, ContentSource.ofBytes(content), PushHints.NONE);
    }

    @Test
    void childThatTheRegistryDenies_isSentAgain_onceItsParentIsRefused() {
        Descriptor lost = graphs.blob("lost");
        Descriptor image = graphs.image(graphs.blob("c"), lost);
        Descriptor top = graphs.index(image);
        putBytes(image);
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH && call.digest().equals(top.digest()) && !target.has(lost)) {
                throw new RejectedException(400, List.of("MANIFEST_BLOB_UNKNOWN"), "PUT", "blob unknown", null);
            }
        });

        copy(root("image", image), root("top", top).withTags(List.of("v1")));

        assertThat(target.resolveTag("v1")).isEqualTo(top.digest());
        assertThat(target.has(lost)).isTrue();
        assertThat(target.digests(Operation.PUSH).stream().filter(top.digest()::equals))
                .hasSize(2);
    }

    /** Nothing was sent below it, and only when it gets its tag the registry looks. */
    @Test
    void rootThatIsThere_andMayNotHaveItsTagSinceAChildIsMissing_isLookedInto() {
        Descriptor lost = graphs.blob("lost");
        Descriptor image = graphs.image(graphs.blob("c"), lost);
        putBytes(image);
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH && call.digest().equals(image.digest()) && !target.has(lost)) {
                throw new RejectedException(404, List.of("MANIFEST_BLOB_UNKNOWN"), "PUT", "blob unknown", null);
            }
        });

        copy(root("image", image).withTags(List.of("v1")));

        assertThat(target.resolveTag("v1")).isEqualTo(image.digest());
        assertThat(target.has(lost)).isTrue();
    }

    @Test
    void blobThatTheRegistryHasAndDenies_isSentWithoutAsking() {
        Descriptor denied = graphs.blob("denied");
        Descriptor image = graphs.image(graphs.blob("c"), denied);
        AtomicBoolean sent = new AtomicBoolean();
        target.content()
                .push(CallScope.unbounded(), denied, ContentSource.of(source.content(), denied), PushHints.NONE);
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH && call.digest().equals(denied.digest())) {
                sent.set(call.hints().knownMissing() && call.hints().mountFrom().isEmpty());
            }
            if (call.operation() == Operation.PUSH && call.digest().equals(image.digest()) && !sent.get()) {
                throw new RejectedException(404, List.of("BLOB_UNKNOWN"), "PUT", "blob unknown", null);
            }
        });

        copy(root(image));

        assertThat(sent).isTrue();
        assertThat(target.has(image)).isTrue();
    }

    @Test
    void registryThatDeniesWhatWasJustSent_isTheFailure_notALoop() {
        Descriptor image = graphs.image(graphs.blob("c"));
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH && call.digest().equals(image.digest())) {
                throw new RejectedException(400, List.of("MANIFEST_BLOB_UNKNOWN"), "PUT", "blob unknown", null);
            }
        });

        assertThatExceptionOfType(CopyException.class)
                .isThrownBy(() -> copy(root("demo", image)))
                .withMessageContaining("demo")
                .withMessageContaining("blob unknown");
    }

    @Test
    void repositoryThatTheRegistryDoesNotKnow_isNotAskedForEachContent() {
        Descriptor nested = graphs.image(graphs.blob("c"), graphs.blob("l"));
        Descriptor top = graphs.index(nested, graphs.image(graphs.blob("d")));
        target.unknownRepository();

        copy(root(top));

        // One question about the root, one about the repository, none about the two manifests below the root.
        assertThat(target.digests(Operation.EXISTS)).containsExactly(top.digest());
        assertThat(target.calls(Operation.ASK_REPOSITORY)).hasSize(1);
        assertThat(target.calls(Operation.PUSH)).allMatch(call -> call.hints().knownMissing());
        assertThat(target.calls(Operation.PUSH).stream()
                        .filter(call -> !call.descriptor().mediaType().isManifest()))
                .allMatch(call -> call.hints().mountFrom().equals(List.of(target.id())));
    }

    @Test
    void repositoryInUse_isAskedForEachContent_andSentWhatItLacks() {
        Descriptor present = graphs.blob("present");
        Descriptor nested = graphs.image(graphs.blob("c"), present);
        Descriptor top = graphs.index(nested);
        target.content()
                .push(CallScope.unbounded(), present, ContentSource.of(source.content(), present), PushHints.NONE);

        CopyReport report = copy(root(top));

        assertThat(target.digests(Operation.EXISTS)).doesNotHaveDuplicates().hasSize(4);
        assertThat(source.digests(Operation.FETCH)).doesNotContain(present.digest());
        assertThat(target.calls(Operation.PUSH))
                .hasSize(3)
                .allMatch(call ->
                        call.hints().knownMissing() && call.hints().mountFrom().isEmpty());
        assertThat(report.present()).isEqualTo(1);
    }

    /** Some registries know only repositories with tags. */
    @Test
    void unknownRepositoryThatHoldsTheFirstRoot_isAskedForTheOthers() {
        Descriptor one = graphs.image(graphs.blob("one"));
        Descriptor two = graphs.image(graphs.blob("two"));
        copy(root(one), root(two));
        target.unknownRepository();
        int asked = target.calls(Operation.EXISTS).size();
        int pushed = target.calls(Operation.PUSH).size();

        CopyReport again = copyAfterInquiry(root(one), root(two));

        assertThat(again.present()).isEqualTo(2);
        assertThat(target.calls(Operation.EXISTS)).hasSize(asked + 2);
        assertThat(target.calls(Operation.PUSH)).hasSize(pushed);
    }

    @Test
    void unknownRepositoryThatLacksTheFirstRoot_isNotAskedForTheOthers() {
        Descriptor one = graphs.image(graphs.blob("one"));
        Descriptor two = graphs.image(graphs.blob("two"));
        target.unknownRepository();

        copyAfterInquiry(root(one), root(two));

        assertThat(target.digests(Operation.EXISTS)).containsExactly(one.digest());
        assertThat(target.calls(Operation.ASK_REPOSITORY)).hasSize(1);
        assertThat(target.has(two)).isTrue();
    }

    /** The question about the first root fails for a reason that another form gets around: the others must not wait for it. */
    @Test
    void firstRootOfAnUnknownRepositoryThatCannotBeAskedFor_leavesTheOthersGoing() {
        Descriptor one = graphs.image(graphs.blob("one"));
        Descriptor other = graphs.image(graphs.blob("other"));
        Descriptor two = graphs.image(graphs.blob("two"));
        target.unknownRepository();
        target.hook((scope, call) -> {
            if (call.operation() == Operation.EXISTS && call.digest().equals(one.digest())) {
                throw new RejectedException(400, List.of("UNSUPPORTED"), "HEAD", "not this form", null);
            }
        });

        copyAfterInquiry(root(one).withAlternative((refused, why) -> Optional.of(root(other))), root(two));

        assertThat(target.has(two)).isTrue();
        assertThat(target.has(other)).isTrue();
        assertThat(target.has(one)).isFalse();
    }

    @Test
    void inquiryAboutATarget_isMadeOnceAndTellsTheStep() {
        target.unknownRepository();
        List<Boolean> told = new CopyOnWriteArrayList<>();

        try (CopySession session = open()) {
            session.inquire("first", target, Inquiry.REPOSITORY, answer -> told.add(answer.unknownRepository()));
            session.inquire("second", source, Inquiry.REPOSITORY, answer -> told.add(answer.unknownRepository()));
            session.await();
        }

        assertThat(told).containsExactlyInAnyOrder(true, false);
        assertThat(target.calls(Operation.ASK_REPOSITORY)).hasSize(1);
    }

    @Test
    void manifestUnderTheTag_isNeitherAskedForNorPutAgain_andSaysWhatItNames() {
        Descriptor one = graphs.image(graphs.blob("one"));
        Descriptor two = graphs.image(graphs.blob("two"));
        Descriptor top = graphs.index(one, two);
        copy(root("top", top).withTags(List.of("v1")));
        int asked = target.calls(Operation.EXISTS).size();
        int pushed = target.calls(Operation.PUSH).size();
        List<TaggedManifest> told = new CopyOnWriteArrayList<>();

        CopyReport again;
        try (CopySession session = open()) {
            session.inquire("target", target, new Inquiry("v1", null), answer -> {
                told.add(Objects.requireNonNull(answer.tagged()));
                session.add(root("top", top).withTags(List.of("v1")));
            });
            again = session.await();
        }

        assertThat(again.present()).isEqualTo(1);
        assertThat(told).containsExactly(new TaggedManifest("v1", top.key(), Set.of(one.key(), two.key())));
        assertThat(target.calls(Operation.EXISTS)).hasSize(asked);
        assertThat(target.calls(Operation.PUSH)).hasSize(pushed);
    }

    /** A registry may have lost an image that an index names: another index is put only over what it was asked for. */
    @Test
    void imageThatTheIndexUnderTheTagNames_isAskedFor() {
        Descriptor lost = graphs.image(graphs.blob("lost"));
        Descriptor old = graphs.index(lost);
        Descriptor fresh = graphs.index(lost, graphs.image(graphs.blob("fresh")));
        putBytes(old);
        target.content().tag(CallScope.unbounded(), old, "v1");

        copyAfterInquiry(new Inquiry("v1", null), root("fresh", fresh).withTags(List.of("v1")));

        assertThat(target.has(lost)).isTrue();
        assertThat(target.resolveTag("v1")).isEqualTo(fresh.digest());
    }

    @Test
    void indexUnderTheTag_isNoAnswerForAnotherTag() {
        Descriptor top = graphs.index(graphs.image(graphs.blob("one")));
        copy(root("top", top).withTags(List.of("v1")));

        copyAfterInquiry(new Inquiry("v1", null), root("top", top).withTags(List.of("v1", "v2")));

        assertThat(target.resolveTag("v2")).isEqualTo(top.digest());
    }

    @Test
    void indexUnderTheTag_isNotBelievedByADeepCopy() {
        Descriptor lost = graphs.blob("lost");
        Descriptor image = graphs.image(lost);
        Descriptor top = graphs.index(image);
        putBytes(image);
        putBytes(top);
        target.content().tag(CallScope.unbounded(), top, "v1");

        try (CopySession session = open(CopyOptions.defaults().withDeep(true), CallScope.unbounded())) {
            session.inquire(
                    "target",
                    target,
                    new Inquiry("v1", null),
                    unknown -> session.add(root(top).withTags(List.of("v1"))));
            session.await();
        }

        assertThat(target.has(lost)).isTrue();
    }

    @Test
    void unknownRepositoryThatLacksTheLikelyManifest_isNotAskedForAnyOther() {
        Descriptor likely = graphs.image(graphs.blob("likely"));
        Descriptor one = graphs.image(graphs.blob("one"));
        target.unknownRepository();

        copyAfterInquiry(new Inquiry("v1", likely), root(one));

        assertThat(target.digests(Operation.EXISTS)).containsExactly(likely.digest());
        assertThat(target.has(one)).isTrue();
    }

    @Test
    void unknownRepositoryThatHasTheLikelyManifest_isAskedForTheOthers() {
        Descriptor likely = graphs.image(graphs.blob("likely"));
        Descriptor one = graphs.image(graphs.blob("one"));
        copy(root(likely), root(one));
        target.unknownRepository();
        int pushed = target.calls(Operation.PUSH).size();

        CopyReport again = copyAfterInquiry(new Inquiry(null, likely), root(one));

        assertThat(again.present()).isEqualTo(1);
        assertThat(target.calls(Operation.PUSH)).hasSize(pushed);
    }

    @Test
    void connectionsAreOpenedBeforehand_neverAsManyAsTheWidth_andWhatComesOfItDoesNotMatter() {
        Descriptor image = graphs.image(graphs.blob("c"));

        try (CopySession session = open(CopyOptions.defaults().withParallelism(5), CallScope.unbounded())) {
            session.warmUp(source, 2);
            session.warmUp(target, 100);
            session.add(root(image));
            session.await();
        }

        assertThat(source.warmedUp()).isEqualTo(2);
        assertThat(target.warmedUp()).isEqualTo(3);
        assertThat(target.has(image)).isTrue();
    }

    @Test
    void questionThatATargetRefuses_isNoFailure() {
        Descriptor likely = graphs.image(graphs.blob("likely"));
        AtomicBoolean refused = new AtomicBoolean();
        target.hook((scope, call) -> {
            if (call.operation() == Operation.EXISTS && !refused.getAndSet(true)) {
                throw new RejectedException(400, List.of("UNSUPPORTED"), "HEAD", "no questions", null);
            }
        });

        copyAfterInquiry(new Inquiry("none", likely), root(likely));

        assertThat(refused).isTrue();
        assertThat(target.has(likely)).isTrue();
    }

    private CopyReport copyAfterInquiry(CopyRoot... roots) {
        return copyAfterInquiry(Inquiry.REPOSITORY, roots);
    }

    private CopyReport copyAfterInquiry(Inquiry about, CopyRoot... roots) {
        try (CopySession session = open()) {
            session.inquire("target", target, about, unknown -> List.of(roots).forEach(session::add));
            return session.await();
        }
    }

    /** A request for its bytes must not hold up one to the other side. */
    @Test
    void smallBlobIsReadBeforeItsPush_aLargeOneDuringIt() {
        Descriptor small = graphs.blob("small");
        Descriptor large = graphs.blob(1, KeptContent.SMALL_BLOB + 1);
        Descriptor image = graphs.image(small, large);
        Set<Digest> opened = ConcurrentHashMap.newKeySet();
        Set<Digest> openedBeforePush = ConcurrentHashMap.newKeySet();
        source.hook((scope, call) -> opened.add(call.digest()));
        target.hook((scope, call) -> {
            if (call.operation() == Operation.PUSH && opened.contains(call.digest())) {
                openedBeforePush.add(call.digest());
            }
        });

        copy(root(image));

        assertThat(openedBeforePush).contains(small.digest()).doesNotContain(large.digest());
        assertThat(target.has(image)).isTrue();
    }

    @Test
    void smallBlobWhoseSourceFails_isReadFromTheOther() {
        RecordingStore second = new RecordingStore("second.example", "app");
        Descriptor blob = graphs.blob("blob");
        second.content().push(CallScope.unbounded(), blob, ContentSource.of(source.content(), blob), PushHints.NONE);
        source.hook((scope, call) -> {
            throw new NotFoundException("GET", "gone", null);
        });

        try (CopySession session = open()) {
            session.plan("both", () -> {
                session.add(CopyRoot.of("a", source, target, blob));
                session.add(CopyRoot.of("b", second, target, blob));
            });
            session.await();
        }

        assertThat(target.has(blob)).isTrue();
    }

    @Test
    void sourceInTheSameRegistry_isWhereToMountFrom() {
        RecordingStore neighbour = new RecordingStore("from.example", "copy");
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));

        copy(CopyRoot.of("image", source, neighbour, image));

        assertThat(neighbour.calls(Operation.PUSH).stream()
                        .filter(call -> !call.descriptor().mediaType().isManifest()))
                .hasSize(2)
                .allMatch(call -> call.hints().mountFrom().equals(List.of(source.id())));
    }

    @Test
    void blobThatThisRunPutIntoAnotherRepository_isMountedFromThere() {
        Descriptor base = graphs.blob("base");
        Descriptor image = graphs.image(base);
        RecordingStore second = new RecordingStore("to.example", "second");
        try (CopySession session = open()) {
            session.add(CopyRoot.of("first", source, target, base));
            target.hook((scope, call) -> {});
            // The second target joins when the first has the blob.
            while (!target.has(base)) {
                Thread.onSpinWait();
            }
            session.add(CopyRoot.of("second", source, second, image));
            session.await();
        }

        assertThat(second.calls(Operation.PUSH).get(0).hints().mountFrom()).isEqualTo(List.of(target.id()));
    }

    @Test
    void contentMissingInOneOfTwoSources_comesFromTheOther() {
        RecordingStore second = new RecordingStore("second.example", "app");
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));
        Set<Digest> refusedOnce = ConcurrentHashMap.newKeySet();
        CountDownLatch bothAdded = new CountDownLatch(1);
        source.hook((scope, call) -> {
            awaitLatch(bothAdded);
            refusedOnce.add(call.digest());
            throw new NotFoundException("GET", "gone", null);
        });
        new Graphs(second.content()).image(graphs.blob("c"), graphs.blob("l"));
        graphs.below(image)
                .forEach(node -> second.content()
                        .push(CallScope.unbounded(), node, ContentSource.of(source.content(), node), PushHints.NONE));

        try (CopySession session = open()) {
            session.add(CopyRoot.of("a", source, target, image));
            session.add(CopyRoot.of("b", second, target, image));
            bothAdded.countDown();
            session.await();
        }

        assertThat(target.has(image)).isTrue();
        assertThat(refusedOnce).contains(image.digest());
    }

    @Test
    void manifestMissingInTheSource_doesNotMatterIfTheTargetHasIt() {
        Descriptor gone = graphs.image(graphs.blob("gone"));
        Descriptor top = graphs.index(gone, graphs.image(graphs.blob("here")));
        graphs.below(gone)
                .forEach(node -> target.content()
                        .push(CallScope.unbounded(), node, ContentSource.of(source.content(), node), PushHints.NONE));
        Set<Digest> missing = new HashSet<>(Set.of(gone.digest()));
        source.hook((scope, call) -> {
            if (missing.contains(call.digest())) {
                throw new NotFoundException("GET", "gone", null);
            }
        });

        copy(root(top).withTags(List.of("v1")));

        assertThat(target.resolveTag("v1")).isEqualTo(top.digest());
    }

    @Test
    void sizesThatDisagree_failTheCopy() {
        Descriptor blob = graphs.blob("blob");
        Descriptor lie = Descriptor.of(blob.mediaType(), blob.digest(), blob.size() + 1);
        Descriptor one = graphs.image(graphs.blob("c"), blob);
        Descriptor two = graphs.image(graphs.blob("d"), lie);

        assertThatExceptionOfType(CopyException.class)
                .isThrownBy(() -> copy(root(graphs.index(one, two)).withTags(List.of("v1"))))
                .withMessageContaining("content mismatch");
        assertThat(target.tagList()).isEmpty();
    }
}
