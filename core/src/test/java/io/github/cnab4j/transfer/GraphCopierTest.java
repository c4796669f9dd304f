/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.transfer.RecordingStore.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is copied, in which order, and with how many calls. */
class GraphCopierTest extends CopyFixture {
    static Stream<Arguments> graphsAndWidths() {
        return Stream.of(1, 2, 32)
                .flatMap(
                        width -> Stream.iterate(1L, seed -> seed + 1).limit(25).map(seed -> Arguments.of(seed, width)));
    }

    @ParameterizedTest
    @MethodSource("graphsAndWidths")
    void anyGraph_isPushedOnceEach_childrenBeforeParents(long seed, int width) {
        Descriptor top = graphs.random(seed);

        CopyReport report =
                copy(CopyOptions.defaults().withParallelism(width), root(top).withTags(List.of("v1")));

        List<Descriptor> all = graphs.below(top);
        List<Digest> order = target.digests(Operation.PUSH);
        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Descriptor::digest).toList());
        for (Descriptor parent : all) {
            for (Descriptor child : graphs.children(parent)) {
                assertThat(order.indexOf(child.digest())).isLessThan(order.indexOf(parent.digest()));
            }
        }
        assertThat(target.resolveTag("v1")).isEqualTo(top.digest());
        assertThat(report.uploaded()).isEqualTo(all.size());
        assertThat(report.bytes())
                .isEqualTo(all.stream().mapToLong(Descriptor::size).sum());
        assertThat(target.mostInFlight()).isLessThanOrEqualTo(width);
        assertThat(source.mostInFlight()).isLessThanOrEqualTo(width);
    }

    @Test
    void widthOne_finishesTheDeepestGraphAllowed() {
        CopyOptions narrow = CopyOptions.defaults().withParallelism(1);
        Descriptor deepest = graphs.chain(narrow.depthLimit());

        assertThat(copy(narrow, root(deepest)).uploaded()).isEqualTo(narrow.depthLimit() + 2);
        assertThat(target.has(deepest)).isTrue();
    }

    @Test
    void deeperThanAllowed_failsAndTagsNothing() {
        Descriptor tooDeep = graphs.chain(CopyOptions.defaults().depthLimit() + 1);

        assertThatExceptionOfType(CopyException.class)
                .isThrownBy(() -> copy(root(tooDeep).withTags(List.of("v1"))))
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
                .withMessageContaining("deeper than 32");
        assertThat(target.tagList()).isEmpty();
    }

    @Test
    void largerThanAllowed_failsAndTagsNothing() {
        Descriptor top = graphs.index(graphs.image(graphs.blob("c"), graphs.blob("l")), graphs.image(graphs.blob("d")));

        assertThatExceptionOfType(CopyException.class)
                .isThrownBy(() ->
                        copy(CopyOptions.defaults().withNodeLimit(5), root(top).withTags(List.of("v1"))))
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
        assertThat(target.tagList()).isEmpty();
    }

    @Test
    void contentOfTwoRoots_isAskedReadAndPushedOnce() {
        Descriptor base = graphs.blob("base");
        Descriptor one = graphs.image(graphs.blob("one"), base);
        Descriptor two = graphs.image(graphs.blob("two"), base);

        copy(root(one), root(two), root(one));

        assertThat(target.digests(Operation.PUSH)).doesNotHaveDuplicates().hasSize(5);
        assertThat(target.digests(Operation.EXISTS)).doesNotHaveDuplicates().hasSize(5);
        assertThat(source.digests(Operation.FETCH)).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void withOneSlot_theLongestBlobsComeFirst_andManifestsLast() {
        Descriptor small = graphs.blob(1, KeptContent.SMALL_BLOB + 10);
        Descriptor middle = graphs.blob(2, KeptContent.SMALL_BLOB + 1000);
        Descriptor large = graphs.blob(3, (int) Task.LARGE + 1);
        Descriptor other = graphs.blob(4, KeptContent.SMALL_BLOB + 100);
        Descriptor first = graphs.image(small, middle, large);
        Descriptor second = graphs.image(other);

        try (CopySession session =
                GraphCopier.with(CopyOptions.defaults().withParallelism(1)).open(CallScope.unbounded(), event -> {})) {
            session.plan("both", () -> {
                session.add(root(first));
                session.add(root(second));
                session.plan("later", () -> {});
            });
            session.await();
        }

        List<Descriptor> expected = List.of(large, middle, other, small);
        assertThat(target.digests(Operation.PUSH))
                .startsWith(expected.stream().map(Descriptor::digest).toArray(Digest[]::new))
                .endsWith(target.digests(Operation.PUSH).get(5));
        assertThat(target.calls(Operation.PUSH).subList(4, 6))
                .allMatch(call -> call.descriptor().mediaType().isManifest());
    }

    @Test
    void severalTags_arePutWithTheManifest_alsoWhenTheTargetHasIt() {
        Descriptor image = graphs.image(graphs.blob("c"), graphs.blob("l"));
        copy(root(image).withTags(List.of("1.0", "latest")));

        CopyReport again =
                copy(root(image).withTags(List.of("2.0")), root(image).withTags(List.of("3.0")));

        assertThat(target.tagList()).containsExactlyInAnyOrder("1.0", "latest", "2.0", "3.0");
        assertThat(again.uploaded()).isZero();
        assertThat(again.present()).isEqualTo(1);
    }

    @Test
    void blobAsRoot_isCopied() {
        Descriptor blob = graphs.blob("alone");

        assertThat(copy(root(blob)).uploaded()).isEqualTo(1);
        assertThat(target.has(blob)).isTrue();
    }

    @Test
    void emptyIndex_isCopied() {
        Descriptor empty = graphs.index();

        copy(root(empty).withTags(List.of("v1")));

        assertThat(target.resolveTag("v1")).isEqualTo(empty.digest());
    }

    @Test
    void filter_leavesChildrenOut() {
        Descriptor kept = graphs.image(graphs.blob("kept"));
        Descriptor dropped = graphs.image(graphs.blob("dropped"));
        Descriptor top = graphs.index(kept, dropped);
        CopyRoot root = root(top)
                .withFilter((parent, children) -> children.stream()
                        .filter(child -> !child.equals(dropped))
                        .toList());

        copy(root);

        assertThat(target.digests(Operation.PUSH)).contains(kept.digest(), top.digest());
        assertThat(target.digests(Operation.PUSH)).doesNotContain(dropped.digest());
        assertThat(source.digests(Operation.FETCH)).doesNotContain(dropped.digest());
    }

    @Test
    void foreignLayer_staysWhereItIs() {
        Descriptor foreign = graphs.foreign("https://elsewhere.example/layer");
        Descriptor image = graphs.image(graphs.blob("config"), foreign);

        CopyReport report = copy(root(image));

        assertThat(report.foreign()).isEqualTo(1);
        assertThat(target.digests(Operation.PUSH)).doesNotContain(foreign.digest());
        assertThat(target.has(image)).isTrue();
    }

    @Test
    void nothing_isDoneAtOnce() {
        assertThat(copy().uploaded()).isZero();
    }
}
