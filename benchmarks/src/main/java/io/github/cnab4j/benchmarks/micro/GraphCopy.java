/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.micro;

import io.github.cnab4j.benchmarks.json.Json;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.transfer.CopyOptions;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Copying a graph of tiny nodes between two stores in memory: what planning and scheduling cost when nothing else does. An index
 * of indexes of images with a config and two layers each; 25,000 images are 100,000 nodes and the indexes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class GraphCopy {
    private static final MediaType INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    private static final MediaType MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    private static final MediaType CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    private static final MediaType LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");
    private static final int IMAGES_OF_AN_INDEX = 100;

    /** Number of images; time has to grow with it, not faster. */
    @Param({"2500", "25000"})
    public int images;

    private final MemoryStore source = new MemoryStore("source");
    private final CallScope scope = CallScope.unbounded();

    /** Makes the graph; JMH calls it once. */
    @Setup
    public void fill() {
        List<Descriptor> indexes = new ArrayList<>();
        for (int i = 0; i < images; i += IMAGES_OF_AN_INDEX) {
            List<Descriptor> manifests = new ArrayList<>();
            for (int j = i; j < i + IMAGES_OF_AN_INDEX; j++) {
                manifests.add(image(j));
            }
            indexes.add(index(manifests));
        }
        Descriptor root = index(indexes);
        source.tag(scope, root, "root");
    }

    /** All of it into an empty store. */
    @Benchmark
    public CopyReport copy() {
        Descriptor root = source.resolve(scope, "root");
        MemoryStore target = new MemoryStore("target");
        try (CopySession session = GraphCopier.with(CopyOptions.defaults()).open(scope, event -> {})) {
            session.add(CopyRoot.of("graph", source, target, root));
            return session.await();
        }
    }

    private Descriptor image(int number) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST.toString());
        manifest.put("config", json(put(CONFIG, "{\"author\":\"image " + number + "\"}")));
        manifest.put(
                "layers",
                List.of(
                        json(put(LAYER, "first layer of image " + number)),
                        json(put(LAYER, "second layer of image " + number))));
        return put(MANIFEST, Json.write(manifest));
    }

    private Descriptor index(List<Descriptor> manifests) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", INDEX.toString());
        index.put("manifests", manifests.stream().map(GraphCopy::json).toList());
        return put(INDEX, Json.write(index));
    }

    private static Map<String, Object> json(Descriptor descriptor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", descriptor.mediaType().toString());
        json.put("digest", descriptor.digest().toString());
        json.put("size", descriptor.size());
        return json;
    }

    private Descriptor put(MediaType mediaType, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Descriptor descriptor = Descriptor.of(mediaType, content);
        source.push(scope, descriptor, ContentSource.ofBytes(content), PushHints.NONE);
        return descriptor;
    }
}
