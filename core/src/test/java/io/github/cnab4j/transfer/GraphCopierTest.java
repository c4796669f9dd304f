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
class GraphCopierTest {
    private final RecordingStore source = new RecordingStore("from.example", "app");
    private final RecordingStore target = new RecordingStore("to.example", "app");
    private final Graphs graphs = new Graphs(source.content());

    private CopyReport copy(CopyOptions options, CopyRoot... roots) {
        try (CopySession session = GraphCopier.with(options).open(CallScope.unbounded(), event -> {})) {
            for (CopyRoot root : roots) {
                session.add(root);
            }
            return session.await();
        }
    }

    private CopyReport copy(CopyRoot... roots) {
        return copy(CopyOptions.defaults(), roots);
    }

    private CopyRoot root(Descriptor descriptor) {
        return CopyRoot.of(descriptor.digest().toString(), source, target, descriptor);
    }

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
}
