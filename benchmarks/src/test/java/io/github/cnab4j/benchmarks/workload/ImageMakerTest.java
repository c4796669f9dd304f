/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.benchmarks.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageMakerTest {
    /** Takes content only if it is what its descriptor says and if what it points to came before. */
    private static final class CheckingSink implements ImageSink {
        private final Set<String> held = ConcurrentHashMap.newKeySet();
        private final Set<String> tagged = ConcurrentHashMap.newKeySet();

        @Override
        public void blob(String repository, Content descriptor, Supplier<InputStream> bytes) throws IOException {
            try (InputStream in = bytes.get()) {
                take(repository, descriptor, in.readAllBytes());
            }
        }

        @Override
        public void manifest(String repository, Content descriptor, String reference, byte[] bytes) throws IOException {
            Map<String, Object> json = Json.readObject(bytes);
            Stream.concat(Json.objects(json.get("layers")).stream(), Json.objects(json.get("manifests")).stream())
                    .forEach(child -> assertThat(held).contains(repository + "@" + child.get("digest")));
            take(repository, descriptor, bytes);
            if (!reference.equals(descriptor.digest())) {
                tagged.add(repository + ":" + reference);
            }
        }

        private void take(String repository, Content descriptor, byte[] bytes) {
            assertThat(bytes.length).isEqualTo((int) descriptor.size());
            assertThat(Sha256.of(bytes)).isEqualTo(descriptor.digest());
            held.add(repository + "@" + descriptor.digest());
        }
    }

    private final CheckingSink sink = new CheckingSink();

    private WorkloadContent make(Workload workload) throws Exception {
        return new ImageMaker(workload, sink).make();
    }

    @Test
    void tinyImagesShareTwoLayersAndHaveAConfigAndALayerOfTheirOwn() throws Exception {
        WorkloadContent content = make(Workload.W3);

        assertThat(content.images()).hasSize(301);
        assertThat(content.manifests()).hasSize(301);
        assertThat(content.blobs()).hasSize(2 + 2 * 301);
        assertThat(content.blobs().stream()
                        .filter(blob -> blob.mediaType().endsWith("layer.v1.tar"))
                        .collect(Collectors.groupingBy(Content::size, Collectors.counting())))
                .isEqualTo(Map.of(20_000L, 1L, 10_000L, 1L, 1_000L, 301L));
        assertThat(sink.tagged).hasSize(301).contains("w3/c0000:v1", "w3/c0300:v1");
    }

    @Test
    void anImageOfSixPlatformsIsAnIndexWithTheirNames() throws Exception {
        WorkloadContent content = make(Workload.W7);

        assertThat(content.images())
                .hasSize(11)
                .allSatisfy(image ->
                        assertThat(image.root().mediaType()).isEqualTo("application/vnd.oci.image.index.v1+json"));
        assertThat(content.manifests()).hasSize(11 + 66);
        assertThat(content.blobs()).hasSize(66 + 66);
        assertThat(sink.tagged).hasSize(11);
    }

    @Test
    void aWorkloadIsTheSameWhoeverMakesIt() throws Exception {
        assertThat(new ImageMaker(Workload.W7, new CheckingSink()).make())
                .isEqualTo(new ImageMaker(Workload.W7, new CheckingSink()).make());
    }

    @Test
    void theBundleNamesEveryImageAtTheHost() throws Exception {
        WorkloadContent content = make(Workload.W7);

        Map<String, Object> bundle =
                Json.readObject(content.bundle("w7", "127.0.0.1:1234").getBytes(StandardCharsets.UTF_8));

        assertThat(bundle).containsEntry("schemaVersion", "v1.0.0").containsEntry("name", "w7");
        assertThat(Json.objects(bundle.get("invocationImages")))
                .singleElement()
                .satisfies(image -> assertThat(image)
                        .containsEntry("image", "127.0.0.1:1234/w7/c0000:v1")
                        .containsEntry(
                                "contentDigest", content.images().get(0).root().digest()));
        assertThat(Json.object(bundle.get("images"))).hasSize(10).containsKeys("c0001", "c0010");
    }

    @Test
    void aStoreKnowsAWorkloadOnceItIsSaved(@TempDir Path directory) throws Exception {
        WorkloadStore store = new WorkloadStore(directory);
        assertThat(store.find(Workload.W7)).isEmpty();
        WorkloadContent content = make(Workload.W7);

        store.save(Workload.W7, content);

        assertThat(store.find(Workload.W7)).contains(content);
    }

    @Test
    void sizesOfTheLargeWorkloadsAreAsDescribed() {
        assertThat(sum(Workload.W1.shared())).isEqualTo(60L << 20);
        assertThat(sum(Workload.W1.own())).isEqualTo(3L << 20);
        assertThat(sum(Workload.W2.own()) * Workload.W2.images()).isEqualTo(1200L << 20);
        assertThat(Workload.BIG.own()).containsExactly(4L << 30);
        assertThat(Workload.W1000.images()).isEqualTo(1001);
    }

    private static long sum(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }
}
