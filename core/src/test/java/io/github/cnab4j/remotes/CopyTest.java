/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.transfer.CopyEvent;
import io.github.cnab4j.transfer.CopyOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a copy brings, under which names, and what it refuses. */
class CopyTest {
    private static final String SOURCE = "source.example/app";
    private static final String TARGET = "target.example/copy";
    private static final String LOST = "sha256:" + "0".repeat(64);

    private final MemoryStores stores = new MemoryStores();
    private Descriptor config = blob("{}");
    private Descriptor image = config;
    private Descriptor index = config;

    /** An index that holds an image; its own tags are 1 and latest, the image has none. */
    @BeforeEach
    void fillSource() {
        config = blob("{\"os\":\"linux\"}");
        image = MemoryStores.put(
                stores.at(SOURCE),
                MediaType.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"config\":" + reference(config) + ",\"layers\":[" + reference(blob("layer"))
                        + "]}");
        index = MemoryStores.put(
                stores.at(SOURCE),
                MediaType.OCI_INDEX,
                "{ \"schemaVersion\" : 2, \"manifests\" : [" + reference(image) + "], \"unknown\" : true }",
                "1",
                "latest");
    }

    private Descriptor blob(String text) {
        return MemoryStores.put(stores.at(SOURCE), new MediaType("application/octet-stream"), text);
    }

    private static String reference(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }

    @Test
    void bringsTheWholeGraphAsItIs() {
        ArtifactCopyResult result = copy(SOURCE + ":1", TARGET + ":2");

        assertThat(result.descriptor()).isEqualTo(index.identity());
        assertThat(result.report().uploaded()).isEqualTo(4);
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), config)).isTrue();
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), image)).isTrue();
        assertThat(bytes(stores.at(TARGET))).isEqualTo(bytes(stores.at(SOURCE)));
    }

    @Test
    void bringsASingleImageOfAnIndex() {
        ArtifactCopyResult result = copy(SOURCE + "@" + image.digest(), TARGET);

        assertThat(result.descriptor()).isEqualTo(image.identity());
        assertThat(result.report().uploaded()).isEqualTo(3);
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), index)).isFalse();
    }

    /** {@code I} stands for the index's digest. */
    @ParameterizedTest
    @CsvSource({
        "'', '', latest, :latest@I",
        ":1, '', 1, :1@I",
        ":1, :2, 2, :2@I",
        "'', :2, 2, :2@I",
        "@I, '', '', @I",
        "@I, :2, 2, :2@I",
        ":nope@I, '', nope, :nope@I",
        ":1, @I, '', @I",
        ":1, :2@I, 2, :2@I",
    })
    void tagIsTheTargetsElseTheSources(String from, String to, String tag, String result) {
        String digest = index.digest().toString();

        ArtifactCopyResult copied = copy(SOURCE + from.replace("I", digest), TARGET + to.replace("I", digest));

        assertThat(copied.location()).isEqualTo(Location.parse(TARGET + result.replace("I", digest)));
        assertThat(stores.at(TARGET).tags(CallScope.unbounded())).isEqualTo(tag.isEmpty() ? List.of() : List.of(tag));
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), index)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":1 | :2     | a,b | 2,a,b",
                ":1 | ''     | a,b | a,b",
                ":1 | :a     | a,b | a,b",
                "@I | ''     | a   | a",
                ":1 | @I     | a   | a",
            })
    void severalTagsAddUp(String from, String to, String others, String tags) {
        String digest = index.digest().toString();

        ArtifactCopyResult copied =
                copy(SOURCE + from.replace("I", digest), TARGET + to.replace("I", digest), List.of(others.split(",")));

        assertThat(copied.tags()).containsExactly(tags.split(","));
        assertThat(copied.location()).isEqualTo(Location.parse(TARGET + ":" + tags.split(",")[0] + "@" + digest));
        assertThat(stores.at(TARGET).tags(CallScope.unbounded())).containsExactlyInAnyOrder(tags.split(","));
        assertThat(copied.report().uploaded()).isEqualTo(4);
    }

    @Test
    void ofSeveralTagsOnlyThoseThatLeadElsewhereArePut() {
        copy(SOURCE + ":1", TARGET + ":a");

        ArtifactCopyResult more = copy(SOURCE + ":1", TARGET + ":a", List.of("b"));
        ArtifactCopyResult again = copy(SOURCE + ":1", TARGET + ":b", List.of("a"));

        assertThat(stores.at(TARGET).tags(CallScope.unbounded())).containsExactlyInAnyOrder("a", "b");
        assertThat(more.report().bytes()).isLessThanOrEqualTo(index.size());
        assertThat(again.report().uploaded()).isZero();
    }

    @Test
    void tagThatIsNoneIsRefusedBeforeAnythingMoves() {
        assertThatThrownBy(() -> copy(SOURCE + ":1", TARGET + ":a", List.of("b", "no tag")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no tag");
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), config)).isFalse();
    }

    @Test
    void ofWhatTheTagMeansAlreadyMovesNothing() {
        copy(SOURCE + ":1", TARGET + ":2");

        ArtifactCopyResult again = copy(SOURCE + ":1", TARGET + ":2");

        assertThat(again.report().uploaded()).isZero();
        assertThat(again.report().present()).isEqualTo(1);
        assertThat(again.report().bytes()).isZero();
        assertThat(again.descriptor()).isEqualTo(index.identity());
    }

    @Test
    void movesATagThatMeansSomethingElse() {
        Descriptor other =
                MemoryStores.put(stores.at(TARGET), MediaType.OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[]}", "2");

        copy(SOURCE + ":1", TARGET + ":2");

        assertThat(stores.at(TARGET).resolve(CallScope.unbounded(), "2").digest())
                .isEqualTo(index.digest());
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), other)).isTrue();
    }

    @Test
    void ontoItselfDoesNothing() {
        ArtifactCopyResult result = copy(SOURCE + ":1", SOURCE + ":1");

        assertThat(result.report().uploaded()).isZero();
        assertThat(result.report().present()).isEqualTo(1);
    }

    @Test
    void withinARepositoryAddsTheTag() {
        ArtifactCopyResult result = copy(SOURCE + ":1", SOURCE + ":2");

        assertThat(result.report().uploaded()).isZero();
        assertThat(stores.at(SOURCE).tags(CallScope.unbounded())).contains("1", "2");
    }

    @Test
    void otherDigestOfTheTargetIsRefusedBeforeAnythingMoves() {
        CopyException failure = failure(SOURCE + ":1", TARGET + "@" + LOST);

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(failure).hasMessageContainingAll(LOST, index.digest().toString());
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), config)).isFalse();
    }

    @Test
    void sourceWithoutThatTagIsNotFoundAndBothEndsAreNamed() {
        CopyException failure = failure(SOURCE + ":nope", TARGET + ":2");

        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure).hasMessageContainingAll(SOURCE + ":nope", TARGET + ":2");
    }

    @Test
    void sourceThatLacksABlobLeavesNoTag() {
        Descriptor lacking = MemoryStores.put(
                stores.at(SOURCE),
                MediaType.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"config\":" + reference(config)
                        + ",\"layers\":[{\"mediaType\":\"application/octet-stream\",\"digest\":\"" + LOST
                        + "\",\"size\":3}]}",
                "lacking");

        CopyException failure = failure(SOURCE + ":lacking", TARGET + ":2");

        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(stores.at(TARGET).tags(CallScope.unbounded())).isEmpty();
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), lacking)).isFalse();
    }

    @Test
    void listenerIsToldOfTheRoot() {
        List<CopyEvent> events = new ArrayList<>();

        remotes()
                .copy(
                        Location.parse(SOURCE + ":1"),
                        Location.parse(TARGET),
                        ArtifactCopyOptions.defaults().withListener(events::add).withParallelism(1));

        assertThat(events)
                .first()
                .isInstanceOfSatisfying(
                        CopyEvent.RootStarted.class,
                        started -> assertThat(started.label()).isEqualTo(SOURCE + ":1"));
        assertThat(events).last().isInstanceOf(CopyEvent.RootFinished.class);
    }

    @Test
    void deepLooksBelowWhatTheTargetHas() {
        MemoryStores.put(
                stores.at(TARGET),
                MediaType.OCI_INDEX,
                new String(bytes(stores.at(SOURCE)), java.nio.charset.StandardCharsets.UTF_8),
                "2");

        assertThat(copy(SOURCE + ":1", TARGET + ":2").report().uploaded()).isZero();
        ArtifactCopyResult deep = remotes()
                .copy(
                        Location.parse(SOURCE + ":1"),
                        Location.parse(TARGET + ":2"),
                        ArtifactCopyOptions.defaults().withDeep(true));

        assertThat(deep.report().uploaded()).isEqualTo(3);
        assertThat(stores.at(TARGET).exists(CallScope.unbounded(), config)).isTrue();
    }

    @Test
    void limitsOfTheBuilderCount() {
        Remotes shallow = Remotes.builder()
                .stores(stores)
                .copyOptions(CopyOptions.defaults().withDepthLimit(1))
                .build();

        assertThatThrownBy(() -> shallow.copy(
                        Location.parse(SOURCE + ":1"), Location.parse(TARGET), ArtifactCopyOptions.defaults()))
                .isInstanceOfSatisfying(
                        CopyException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    @Test
    void stopsWhenItIsCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        Remotes stopped = Remotes.builder().stores(stores).scope(cancellation).build();

        assertThatThrownBy(() ->
                        stopped.copy(Location.parse(SOURCE), Location.parse(TARGET), ArtifactCopyOptions.defaults()))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void widthIsAboveZero() {
        assertThatThrownBy(() -> ArtifactCopyOptions.defaults().withParallelism(0))
                .isInstanceOf(InvalidInputException.class);
    }

    private byte[] bytes(MemoryStore store) {
        return Verified.readAll(CallScope.unbounded(), store, index, 10_000);
    }

    private Remotes remotes() {
        return Remotes.builder().stores(stores).build();
    }

    private ArtifactCopyResult copy(String from, String to, List<String> tags) {
        return remotes()
                .copy(
                        Location.parse(from),
                        Location.parse(to),
                        ArtifactCopyOptions.defaults().withTags(tags));
    }

    private ArtifactCopyResult copy(String source, String target) {
        return remotes().copy(Location.parse(source), Location.parse(target), ArtifactCopyOptions.defaults());
    }

    private CopyException failure(String source, String target) {
        return catchThrowableOfType(CopyException.class, () -> copy(source, target));
    }
}
