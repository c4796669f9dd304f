/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on disk after a layout was written to, and what stays as others left it. */
class LayoutFilesTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent LAYER = TestContent.random(1, 3000);
    private static final TestContent MANIFEST = TestContent.manifest(LAYER);
    private static final TestContent OTHER = TestContent.manifest(TestContent.blob("other"));
    private static final TestContent INDEX = TestContent.index(MANIFEST);

    @TempDir
    Path directory;

    private HandmadeLayout layout;

    @BeforeEach
    void nameLayout() {
        layout = new HandmadeLayout(directory.resolve("layout"));
    }

    private LayoutStore open() {
        return LayoutStore.open(layout.root());
    }

    private LayoutStore openOrCreate() {
        return LayoutStore.openOrCreate(layout.root());
    }

    private JsonObject indexJson() throws IOException {
        return JsonReader.readObject(layout.indexText().getBytes(UTF_8), JsonLimits.MANIFEST);
    }

    @Test
    void aFirstPush_makesALayoutOfTheSpecification() throws IOException {
        try (LayoutStore store = openOrCreate()) {
            LAYER.pushTo(store);
            MANIFEST.pushTo(store, "1.0");
        }

        assertThat(layout.root().resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(layout.indexText())
                .isEqualTo(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                                + HandmadeLayout.named(MANIFEST, "1.0") + "]}");
        assertThat(layout.blobFile(LAYER)).hasBinaryContent(LAYER.bytes());
        assertThat(layout.blobFile(MANIFEST)).hasBinaryContent(MANIFEST.bytes());
        assertThat(layout.tree())
                .containsExactlyInAnyOrder(
                        ".cnab4j",
                        ".cnab4j/index.json",
                        ".cnab4j/lock",
                        "blobs",
                        "blobs/sha256",
                        "blobs/sha256/" + LAYER.descriptor().digest().hex(),
                        "blobs/sha256/" + MANIFEST.descriptor().digest().hex(),
                        "index.json",
                        "oci-layout");
    }

    @Test
    void aBlobOfAnotherAlgorithm_liesInThatAlgorithmsDirectory() {
        TestContent manifest = MANIFEST.by(Digest.Algorithm.SHA512);

        manifest.pushTo(openOrCreate(), "1.0");

        assertThat(layout.root().resolve("blobs/sha512")).isDirectory();
        assertThat(layout.blobFile(manifest)).hasBinaryContent(MANIFEST.bytes());
        assertThat(open().resolve(SCOPE, "1.0")).isEqualTo(manifest.descriptor());
    }

    @Test
    void openingWhatIsNotThere_createsNothing() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(this::open)
                .returns(true, NotFoundException::repositoryUnknown);
        try (LayoutStore store = openOrCreate()) {
            assertThat(store.exists(SCOPE, LAYER.descriptor())).isFalse();
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> store.tags(SCOPE));
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> store.resolve(SCOPE, "1.0"));
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> store.findImage(SCOPE, "web"));
        }

        assertThat(layout.root()).doesNotExist();
    }

    @Test
    void reading_leavesNoTrace() throws IOException {
        HandmadeLayout.empty(layout.root()).blob(MANIFEST).index(HandmadeLayout.named(MANIFEST, "1.0"));
        String before = layout.indexText();

        try (LayoutStore store = open()) {
            store.tags(SCOPE);
            store.findImage(SCOPE, "web");
            Verified.readAll(SCOPE, store, store.resolve(SCOPE, "1.0"), 10_000);
        }

        assertThat(layout.indexText()).isEqualTo(before);
        assertThat(layout.tree())
                .containsExactlyInAnyOrder(
                        "blobs",
                        "blobs/sha256",
                        "blobs/sha256/" + MANIFEST.descriptor().digest().hex(),
                        "index.json",
                        "oci-layout");
    }

    @Test
    void anEmptyDirectory_becomesALayout() {
        layout.directory("");

        MANIFEST.pushTo(openOrCreate(), "1.0");

        assertThat(open().tags(SCOPE)).containsExactly("1.0");
    }

    @Test
    void whatAKilledCreationLeft_becomesALayout() throws IOException {
        MANIFEST.pushTo(openOrCreate(), "1.0");
        Files.delete(layout.root().resolve("oci-layout"));

        OTHER.pushTo(openOrCreate(), "2.0");

        assertThat(open().tags(SCOPE)).containsExactly("1.0", "2.0");
    }

    @Test
    void changing_keepsEntriesMembersAndWhatCannotBeRead() throws IOException {
        HandmadeLayout.empty(layout.root()).blob(MANIFEST).file("index.json", """
                {"schemaVersion": 2, "x-tool": {"deep": [1.50, null, "<&>"]}, "manifests": [
                  %s,
                  {"digest": "md5:00", "mediaType": "a/b", "size": 1, "annotations": {"k": "v"}},
                  "no object",
                  {"mediaType": "a/b", "digest": "sha256:%s", "size": 7, "x-more": true, "platform": {"os": "linux", "architecture": "s390x"}}
                ], "annotations": {"owner": "me"}}
                """.formatted(
                        HandmadeLayout.entry(MANIFEST), "0".repeat(64)));

        OTHER.pushTo(open(), "1.0");

        assertThat(layout.indexText())
                .isEqualTo(
                        "{\"schemaVersion\":2,\"x-tool\":{\"deep\":[1.50,null,\"\\u003c\\u0026\\u003e\"]},\"manifests\":["
                                + HandmadeLayout.entry(MANIFEST)
                                + ",{\"digest\":\"md5:00\",\"mediaType\":\"a/b\",\"size\":1,\"annotations\":{\"k\":\"v\"}},"
                                + "\"no object\",{\"mediaType\":\"a/b\",\"digest\":\"sha256:" + "0".repeat(64)
                                + "\",\"size\":7,\"x-more\":true,\"platform\":{\"os\":\"linux\",\"architecture\":\"s390x\"}},"
                                + HandmadeLayout.named(OTHER, "1.0") + "],\"annotations\":{\"owner\":\"me\"}}");
    }

    @Test
    void aTagThatIsThereAlready_changesNoFile() throws IOException {
        MANIFEST.pushTo(openOrCreate(), "1.0");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(layout.root().resolve("index.json"), longAgo);

        MANIFEST.pushTo(openOrCreate(), "1.0");

        assertThat(Files.getLastModifiedTime(layout.root().resolve("index.json")))
                .isEqualTo(longAgo);
    }

    @Test
    void aChangeByAnother_isSeenByAStoreThatIsOpen() {
        LayoutStore first = openOrCreate();
        MANIFEST.pushTo(first, "1.0");
        LayoutStore second = open();
        OTHER.pushTo(second, "1.0", "2.0");

        assertThat(first.resolve(SCOPE, "1.0")).isEqualTo(OTHER.descriptor());
        assertThat(first.tags(SCOPE)).containsExactly("1.0", "2.0");
    }

    @Test
    void untaggedManifests_areListedOnCloseUnlessAnIndexListsThem() throws IOException {
        try (LayoutStore store = openOrCreate()) {
            LAYER.pushTo(store);
            MANIFEST.pushTo(store);
            OTHER.pushTo(store);
            INDEX.pushTo(store, "multi");
            assertThat(indexJson().array("manifests").orElseThrow().elements()).hasSize(1);
        }

        assertThat(layout.indexText())
                .endsWith("[" + HandmadeLayout.named(INDEX, "multi") + "," + HandmadeLayout.entry(OTHER) + "]}");
    }

    @Test
    void closingAgain_addsNothing() throws IOException {
        LayoutStore store = openOrCreate();
        MANIFEST.pushTo(store);
        store.close();
        String before = layout.indexText();

        store.close();

        assertThat(layout.indexText()).isEqualTo(before).contains(HandmadeLayout.entry(MANIFEST));
    }

    @Test
    void anUntaggedEntry_getsTheTagOfItsManifest() throws IOException {
        HandmadeLayout.empty(layout.root()).blob(MANIFEST).index(HandmadeLayout.entry(MANIFEST, "k", "v"));

        open().tag(SCOPE, MANIFEST.descriptor(), "1.0");

        assertThat(layout.indexText())
                .endsWith("[" + HandmadeLayout.entry(MANIFEST, "k", "v", IndexEntry.REF_NAME, "1.0") + "]}");
    }

    @Test
    void aBlobOfWrongSize_isWrittenAnew() {
        HandmadeLayout.empty(layout.root()).blob(LAYER, new byte[10]);

        assertThat(open().push(SCOPE, LAYER.descriptor(), LAYER.source(), PushHints.NONE))
                .isEqualTo(PushOutcome.UPLOADED);
        assertThat(layout.blobFile(LAYER)).hasBinaryContent(LAYER.bytes());
    }

    @Test
    void aDamagedManifest_countsAsAbsentAndIsWrittenAnew() {
        byte[] flipped = MANIFEST.bytes().clone();
        flipped[5] ^= 1;
        HandmadeLayout.empty(layout.root()).blob(MANIFEST, flipped);

        LayoutStore store = open();
        assertThat(store.exists(SCOPE, MANIFEST.descriptor())).isFalse();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> store.tag(SCOPE, MANIFEST.descriptor(), "1.0"));
        MANIFEST.pushTo(store, "1.0");

        assertThat(layout.blobFile(MANIFEST)).hasBinaryContent(MANIFEST.bytes());
    }

    @Test
    void manifestsBelowAnIndex_areFoundByDigestWithTheTypeOfTheirContent() {
        TestContent untyped = TestContent.of(
                MediaType.OCI_MANIFEST, new String(MANIFEST.bytes(), UTF_8).replaceFirst("\"mediaType\":[^,]*,", ""));
        TestContent docker = TestContent.of(
                MediaType.DOCKER_LIST,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.DOCKER_LIST + "\",\"manifests\":[]}");
        HandmadeLayout.empty(layout.root()).blob(untyped).blob(docker).blob(TestContent.config());

        LayoutStore store = open();
        assertThat(store.resolve(SCOPE, untyped.descriptor().digest().toString()))
                .isEqualTo(untyped.descriptor());
        assertThat(store.resolve(SCOPE, docker.descriptor().digest().toString()))
                .isEqualTo(docker.descriptor());
        assertThatExceptionOfType(NotFoundException.class)
                .as("a blob that is no manifest")
                .isThrownBy(() -> store.resolve(
                        SCOPE, TestContent.config().descriptor().digest().toString()));
    }

    @Test
    void contentOnItsWay_isRemovedADayAfterItsWriterDied() throws IOException {
        MANIFEST.pushTo(openOrCreate(), "1.0");
        layout.file(".cnab4j/old.part", "x").file(".cnab4j/fresh.part", "y");
        Files.setLastModifiedTime(
                layout.root().resolve(".cnab4j/old.part"),
                FileTime.from(Instant.now().minus(Duration.ofHours(25))));

        LAYER.pushTo(open());

        assertThat(layout.tree()).contains(".cnab4j/fresh.part").doesNotContain(".cnab4j/old.part");
    }

    @Test
    void contentThatTurnsOutToBeDamaged_leavesNothing() throws IOException {
        MANIFEST.pushTo(openOrCreate(), "1.0");
        List<String> before = layout.tree();
        byte[] damaged = LAYER.bytes().clone();
        damaged[0] ^= 1;

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(
                        () -> open().push(SCOPE, LAYER.descriptor(), ContentSource.ofBytes(damaged), PushHints.NONE));

        assertThat(layout.tree()).containsExactlyInAnyOrderElementsOf(before);
    }

    /** A source in memory never looks whether the work was stopped, nor does a disk. */
    @Test
    void workThatIsStopped_writesNoMore_andLeavesNothing() throws IOException {
        MANIFEST.pushTo(openOrCreate(), "1.0");
        List<String> before = layout.tree();
        TestContent large = TestContent.random(7, 1_000_000);
        Cancellation work = new Cancellation();
        AtomicLong written = new AtomicLong();
        PushHints hints = new PushHints(List.of(), List.of(), true, bytes -> {
            written.addAndGet(bytes);
            work.cancel();
        });

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> open().push(work, large.descriptor(), large.source(), hints));

        assertThat(written).hasValueLessThan(large.bytes().length);
        assertThat(layout.tree()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void workThatIsStoppedWithTheLastByte_leavesNothing() throws IOException {
        MANIFEST.pushTo(openOrCreate(), "1.0");
        List<String> before = layout.tree();
        Cancellation work = new Cancellation();
        PushHints hints = new PushHints(List.of(), List.of(), true, bytes -> work.cancel());

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> open().push(work, LAYER.descriptor(), LAYER.source(), hints));

        assertThat(layout.tree()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aTagThatIsMissing_isExplainedByThoseThatAreThere() {
        MANIFEST.pushTo(openOrCreate(), "1.0", "latest");

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> open().resolve(SCOPE, "2.0"))
                .withMessage("2.0 is not in oci:" + layout.root())
                .satisfies(why -> assertThat(why.hint()).contains("The layout has \"1.0\", \"latest\"."));
    }

    @Test
    void aTagOfALayoutWithoutNames_isExplainedByADigest() {
        HandmadeLayout.empty(layout.root()).blob(MANIFEST).index(HandmadeLayout.entry(MANIFEST));

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> open().resolve(SCOPE, "latest"))
                .satisfies(why -> assertThat(why.hint())
                        .hasValueSatisfying(hint -> assertThat(hint)
                                .contains(MANIFEST.descriptor().digest().toString())));
    }

    @Test
    void identity_isTheSameForAllSpellingsOfThePath() {
        Path detour = layout.root().resolve("../layout");

        assertThat(LayoutStore.openOrCreate(detour).id())
                .isEqualTo(openOrCreate().id());
    }
}
