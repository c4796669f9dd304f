/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import io.github.cnab4j.benchmarks.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes a workload's images (OCI image specification 1.1) and hands them to a sink, children before parents. */
public final class ImageMaker {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final int THREADS = 4;

    private final Workload workload;
    private final ImageSink sink;
    private final ConcurrentMap<String, Content> manifests = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Content> blobs = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Content> layers = new ConcurrentHashMap<>();

    /** A maker of one workload; used once. */
    public ImageMaker(Workload workload, ImageSink sink) {
        this.workload = workload;
        this.sink = sink;
    }

    /** Makes all images. */
    public WorkloadContent make() throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<WorkloadContent.Image>> pending = new ArrayList<>();
            for (int i = 0; i < workload.images(); i++) {
                int number = i;
                pending.add(threads.submit(() -> image(number)));
            }
            List<WorkloadContent.Image> images = new ArrayList<>();
            for (Future<WorkloadContent.Image> image : pending) {
                images.add(image.get());
            }
            return new WorkloadContent(images, sorted(manifests), sorted(blobs));
        } catch (ExecutionException failed) {
            throw new IOException("making " + workload.label() + ": " + failed.getCause(), failed);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Content> sorted(Map<String, Content> contents) {
        return contents.keySet().stream().sorted().map(contents::get).toList();
    }

    private WorkloadContent.Image image(int number) throws IOException {
        String repository = "%s/c%04d".formatted(workload.label(), number);
        List<String> platforms = workload.platforms();
        if (platforms.size() == 1) {
            return new WorkloadContent.Image(
                    repository, imageOf(repository, Integer.toString(number), platforms.get(0), true));
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String platform : platforms) {
            Map<String, Object> entry =
                    new LinkedHashMap<>(imageOf(repository, number + "/" + platform, platform, false)
                            .json());
            entry.put("platform", platformOf(platform));
            entries.add(entry);
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", INDEX);
        index.put("manifests", entries);
        return new WorkloadContent.Image(repository, manifest(repository, INDEX, index, true));
    }

    private Content imageOf(String repository, String key, String platform, boolean tagged) throws IOException {
        List<Content> all = new ArrayList<>();
        for (int i = 0; i < workload.shared().size(); i++) {
            all.add(layer(repository, "shared/" + i, workload.shared().get(i)));
        }
        for (int i = 0; i < workload.own().size(); i++) {
            all.add(layer(repository, key + "/" + i, workload.own().get(i)));
        }
        Map<String, Object> config = new LinkedHashMap<>(platformOf(platform));
        config.put("config", Map.of());
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("type", "layers");
        files.put("diff_ids", all.stream().map(Content::digest).toList());
        config.put("rootfs", files);
        // Keeps images apart that have the same layers.
        config.put("author", "image " + key + " of " + workload.label());
        byte[] text = Json.write(config).getBytes(StandardCharsets.UTF_8);
        Content configuration = new Content(CONFIG, Sha256.of(text), text.length);
        sink.blob(repository, configuration, () -> new ByteArrayInputStream(text));
        blobs.put(configuration.digest(), configuration);

        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("config", configuration.json());
        manifest.put("layers", all.stream().map(Content::json).toList());
        return manifest(repository, MANIFEST, manifest, tagged);
    }

    private Content layer(String repository, String key, long size) throws IOException {
        SeededContent bytes = new SeededContent(workload.label() + "/" + key, size);
        Content layer = layers.computeIfAbsent(key, k -> new Content(LAYER, bytes.digest(), size));
        sink.blob(repository, layer, bytes::open);
        blobs.put(layer.digest(), layer);
        return layer;
    }

    private Content manifest(String repository, String mediaType, Map<String, Object> json, boolean tagged)
            throws IOException {
        byte[] text = Json.write(json).getBytes(StandardCharsets.UTF_8);
        Content descriptor = new Content(mediaType, Sha256.of(text), text.length);
        sink.manifest(repository, descriptor, tagged ? WorkloadContent.TAG : descriptor.digest(), text);
        manifests.put(descriptor.digest(), descriptor);
        return descriptor;
    }

    private static Map<String, Object> platformOf(String platform) {
        String[] parts = platform.split("/");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("architecture", parts[1]);
        json.put("os", parts[0]);
        if (parts.length > 2) {
            json.put("variant", parts[2]);
        }
        return json;
    }
}
