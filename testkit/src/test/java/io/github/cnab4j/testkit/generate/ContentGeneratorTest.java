/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.server.storage.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentGeneratorTest {
    private final ContentGenerator generator = new ContentGenerator(42);

    @Test
    void aSeedGivesTheSameBytesOnEveryJdk() {
        assertThat(new ContentGenerator(42).graph(5).digest())
                .isEqualTo("sha256:737599842e3524d64f9bbaea8e08caad2e49f1cc335481b757ad9620251839cc");
        assertThat(new ContentGenerator(43).image().digest())
                .isNotEqualTo(new ContentGenerator(42).image().digest());
        assertThat(generator.image().digest()).isNotEqualTo(generator.image().digest());
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void anImageDescribesItsContent(ImageFormat format) {
        GeneratedImage image = generator.image(ImageSpec.small().withFormat(format));
        ManifestOutline outline = ManifestOutline.parse(image.manifest().bytes());

        assertThat(outline.mediaType()).isEqualTo(format.manifest());
        assertThat(outline.config())
                .isEqualTo(new ManifestOutline.Child(
                        format.config(), image.config().digest(), image.config().size()));
        assertThat(outline.layers()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Content layer = image.layers().get(i);
            assertThat(outline.layers().get(i))
                    .isEqualTo(new ManifestOutline.Child(format.layer(), layer.digest(), layer.size()));
            assertThat(Digest.Algorithm.SHA256.of(layer.bytes())).hasToString(layer.digest());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512, 70_000, 200_000})
    void aLayerIsAGzippedTarThatItsConfigNames(int size) throws IOException {
        GeneratedImage image = generator.image(ImageSpec.small().withLayers(1, size));
        Content layer = image.layers().get(0);
        byte[] tar;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(layer.bytes()))) {
            tar = in.readAllBytes();
        }

        assertThat(tar.length % 512).isZero();
        assertThat(new String(tar, 257, 5, StandardCharsets.US_ASCII)).isEqualTo("ustar");
        assertThat(image.config().bytes())
                .asString()
                .contains(Digest.Algorithm.SHA256.of(tar).toString());
    }

    @Test
    void imagesOfAnIndexShareLayers() {
        GeneratedIndex index = generator.multiPlatform(
                ImageFormat.DOCKER, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm/v7"));

        assertThat(index.mediaType()).isEqualTo(ImageFormat.DOCKER.index());
        assertThat(index.manifest().bytes())
                .asString()
                .contains("\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"}");
        assertThat(index.blobs()).hasSize(5);
    }

    @Test
    void aNestedIndexIsAsDeepAsAsked() {
        assertThat(generator.nested(40).manifests()).hasSize(41);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aGraphHasItsManifestsInAnOrderToPushThem(long seed) {
        GeneratedIndex graph = new ContentGenerator(seed).graph(12);
        Set<String> pushed = new HashSet<>();
        graph.blobs().forEach(blob -> pushed.add(blob.digest()));
        for (Content manifest : graph.manifests()) {
            ManifestOutline outline = ManifestOutline.parse(manifest.bytes());
            outline.layers().forEach(child -> assertThat(pushed).contains(child.digest()));
            outline.manifests().forEach(child -> assertThat(pushed).contains(child.digest()));
            assertThat(pushed.add(manifest.digest())).isTrue();
        }
        assertThat(pushed).contains(graph.digest());
    }

    @Test
    void aLayoutHoldsEverythingUnderItsName(@TempDir Path directory) throws IOException {
        GeneratedIndex graph = generator.graph(4);
        LayoutWriter.write(directory.resolve("layout"), List.of(new LayoutWriter.Entry("demo:1.0", graph)));
        Path blobs = directory.resolve("layout/blobs/sha256");

        assertThat(directory.resolve("layout/oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(directory.resolve("layout/index.json")).content().contains(graph.digest(), "\"demo:1.0\"");
        try (var files = Files.list(blobs)) {
            assertThat(files).hasSize(graph.blobs().size() + graph.manifests().size());
        }
        for (Content manifest : graph.manifests()) {
            assertThat(blobs.resolve(manifest.digest().substring(7))).hasBinaryContent(manifest.bytes());
        }
    }

    @Test
    void aBundleCanLeaveOutDigests() {
        BundleBuilder builder =
                new BundleBuilder("localhost:5000", "demo", generator.image()).component("web", generator.image());

        assertThat(builder.build().json()).contains("contentDigest");
        GeneratedBundle bare = builder.withoutDigests().build();
        assertThat(bare.json()).doesNotContain("contentDigest").contains("localhost:5000/demo/web:1.0");
        assertThat(bare.components()).extracting(BundleImage::component).containsExactly("web");
    }
}
