/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.transfer.CopyEvent.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener is told. */
class EventsTest extends CopyFixture {
    @Test
    void oneImage_isToldFromStartToEnd() {
        Descriptor config = graphs.blob("c");
        Descriptor image = graphs.image(config);

        copy(CopyOptions.defaults().withParallelism(1), root("demo", image));

        CopyNode imageNode = new CopyNode(target.id(), image.key());
        CopyNode configNode = new CopyNode(target.id(), config.key());
        assertThat(events)
                .containsExactly(
                        new CopyEvent.RootStarted("demo", imageNode),
                        new CopyEvent.Discovered(imageNode, image, null, "demo"),
                        new CopyEvent.Discovered(configNode, config, imageNode, "demo"),
                        new CopyEvent.Started(configNode),
                        new CopyEvent.Progressed(configNode, config.size()),
                        new CopyEvent.Finished(configNode, CopyEvent.Result.UPLOADED),
                        new CopyEvent.Started(imageNode),
                        new CopyEvent.Progressed(imageNode, image.size()),
                        new CopyEvent.Finished(imageNode, CopyEvent.Result.UPLOADED),
                        new CopyEvent.RootFinished("demo", imageNode, null));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyGraph_isToldInOrder(long seed) {
        Descriptor top = graphs.random(seed);

        copy(root("demo", top));

        Set<CopyNode> discovered = new HashSet<>();
        Set<CopyNode> finished = new HashSet<>();
        for (CopyEvent event : events) {
            if (event instanceof CopyEvent.Discovered found) {
                assertThat(found.parent() == null || discovered.contains(found.parent()))
                        .isTrue();
                discovered.add(found.node());
            } else if (event instanceof CopyEvent.Started started) {
                assertThat(discovered).contains(started.node());
                assertThat(finished).doesNotContain(started.node());
            } else if (event instanceof CopyEvent.Finished done) {
                assertThat(discovered).contains(done.node());
                assertThat(finished.add(done.node())).isTrue();
            }
        }
        assertThat(finished).hasSameSizeAs(graphs.below(top)).isEqualTo(discovered);
        assertThat(events).first().extracting(CopyEvent::kind).isEqualTo(Kind.ROOT_STARTED);
        assertThat(events).last().extracting(CopyEvent::kind).isEqualTo(Kind.ROOT_FINISHED);
    }

    @Test
    void nodesThatFail_areAllTold_fromTheFirstToTheRoot() {
        Descriptor lost = graphs.blob("lost");
        Descriptor image = graphs.image(graphs.blob("c"), lost);
        Descriptor index = graphs.index(image);
        target.hook((scope, call) -> {
            if (call.operation() == RecordingStore.Operation.PUSH
                    && call.digest().equals(lost.digest())) {
                throw new RejectedException(400, List.of(), "PUT", "not wanted", null);
            }
        });

        assertThatThrownBy(() -> copy(root("demo", index))).isInstanceOf(CopyException.class);

        assertThat(events)
                .filteredOn(CopyEvent.Failed.class::isInstance)
                .extracting(event -> ((CopyEvent.Failed) event).node().key())
                .containsExactly(lost.key(), image.key(), index.key());
    }

    @Test
    void brokenListener_isToldNothingMore_andTheCopyGoesOn() {
        Descriptor image = graphs.image(graphs.blob("c"));
        List<CopyEvent> told = new ArrayList<>();
        try (CopySession session = GraphCopier.with(CopyOptions.defaults()).open(CallScope.unbounded(), event -> {
            told.add(event);
            throw new IllegalStateException("a listener's defect");
        })) {
            session.add(root(image));
            session.await();
        }

        assertThat(told).hasSize(1);
        assertThat(target.has(image)).isTrue();
    }
}
