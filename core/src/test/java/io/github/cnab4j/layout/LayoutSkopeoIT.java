/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.real.RealProgram;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.Generated;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.LayoutWriter;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** skopeo reads what we write, we read what skopeo writes, and both write to one layout. */
class LayoutSkopeoIT {
    private static final CallScope SCOPE = CallScope.unbounded();

    @TempDir
    Path directory;

    private final ContentGenerator generator = new ContentGenerator(7);
    private final Generated image = generator.image();
    private final Generated index =
            generator.multiPlatform(ImageFormat.OCI, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64"));
    private RealProgram skopeo;
    private Path ours;
    private Path theirs;

    @BeforeEach
    void findSkopeo() {
        skopeo = RealProgram.require("skopeo");
        ours = directory.resolve("ours");
        theirs = directory.resolve("theirs");
    }

    /** Writes an image with its children to a layout of ours. */
    private void write(Generated content, String... tags) {
        try (LayoutStore store = LayoutStore.openOrCreate(ours)) {
            content.blobs().forEach(blob -> push(store, blob));
            content.manifests().forEach(manifest -> push(store, manifest));
            push(store, content.manifest(), tags);
        }
    }

    private static void push(LayoutStore store, Content content, String... tags) {
        store.push(
                SCOPE,
                descriptor(content),
                ContentSource.ofBytes(content.bytes()),
                PushHints.NONE.withTags(List.of(tags)));
    }

    private static Descriptor descriptor(Content content) {
        return Descriptor.of(new MediaType(content.mediaType()), Digest.parse(content.digest()), content.size());
    }

    private void copy(Path from, String fromTag, Path to, String toTag) throws Exception {
        skopeo.run(
                "--insecure-policy",
                "copy",
                "--quiet",
                "--all",
                "--preserve-digests",
                "oci:" + from + ":" + fromTag,
                "oci:" + to + ":" + toTag);
    }

    private String inspect(Path layout, String tag) throws Exception {
        return skopeo.run("inspect", "--raw", "oci:" + layout + ":" + tag);
    }

    private static void assertHolds(Path layout, String tag, Generated content) {
        try (LayoutStore store = LayoutStore.open(layout)) {
            assertThat(store.resolve(SCOPE, tag)).isEqualTo(descriptor(content.manifest()));
            for (Content manifest : content.manifests()) {
                assertThat(store.resolve(SCOPE, manifest.digest())).isEqualTo(descriptor(manifest));
                assertThat(Verified.readAll(SCOPE, store, descriptor(manifest), 100_000))
                        .isEqualTo(manifest.bytes());
            }
            for (Content blob : content.blobs()) {
                assertThat(Verified.readAll(SCOPE, store, descriptor(blob), 10_000_000))
                        .isEqualTo(blob.bytes());
            }
        }
    }

    @Test
    void whatWeWrite_isReadAndCopiedBySkopeo() throws Exception {
        write(image, "1.0", "latest");
        write(index, "multi");

        assertThat(inspect(ours, "1.0")).isEqualTo(new String(image.manifest().bytes(), UTF_8));
        assertThat(inspect(ours, "latest"))
                .isEqualTo(new String(image.manifest().bytes(), UTF_8));
        assertThat(inspect(ours, "multi")).isEqualTo(new String(index.manifest().bytes(), UTF_8));
        copy(ours, "1.0", theirs, "1.0");
        copy(ours, "multi", theirs, "multi");
        assertHolds(theirs, "1.0", image);
        assertHolds(theirs, "multi", index);
    }

    @Test
    void aSingleUntaggedImage_isReadBySkopeoWithoutAName() throws Exception {
        write(image);

        assertThat(skopeo.run("inspect", "--raw", "oci:" + ours))
                .isEqualTo(new String(image.manifest().bytes(), UTF_8));
    }

    @Test
    void whatSkopeoWritesIntoOurLayout_isReadAndWhatWasThereStays() throws Exception {
        write(image, "1.0");
        Generated other = generator.image();
        Path source = directory.resolve("source");
        LayoutWriter.write(source, "x", other);

        copy(source, "x", ours, "2.0");
        write(index, "multi");
        copy(source, "x", ours, "registry.example/app/web:3.0");

        try (LayoutStore store = LayoutStore.open(ours)) {
            assertThat(store.tags(SCOPE))
                    .containsExactlyInAnyOrder("1.0", "2.0", "multi", "registry.example/app/web:3.0");
            assertThat(store.findImage(SCOPE, "registry.example/app/web:3.0")).contains(descriptor(other.manifest()));
        }
        assertHolds(ours, "1.0", image);
        assertHolds(ours, "2.0", other);
        assertHolds(ours, "multi", index);
    }

    @Test
    void aTagThatBothMove_isWhereTheLastPutIt() throws Exception {
        write(image, "1.0");
        Generated second = generator.image();
        Path source = directory.resolve("source");
        LayoutWriter.write(source, "x", second);

        copy(source, "x", ours, "1.0");
        assertHolds(ours, "1.0", second);

        write(image, "1.0");
        assertThat(inspect(ours, "1.0")).isEqualTo(new String(image.manifest().bytes(), UTF_8));
        assertThat(LayoutStore.open(ours).tags(SCOPE)).containsExactly("1.0");
    }

    @Test
    void aManifestBySha512_isReadBySkopeo() throws Exception {
        TestContent manifest = TestContent.manifest(TestContent.blob("layer")).by(Digest.Algorithm.SHA512);
        try (LayoutStore store = LayoutStore.openOrCreate(ours)) {
            manifest.pushTo(store, "1.0");
        }

        assertThat(inspect(ours, "1.0")).isEqualTo(new String(manifest.bytes(), UTF_8));
    }
}
