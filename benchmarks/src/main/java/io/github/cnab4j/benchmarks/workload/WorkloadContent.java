/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import io.github.cnab4j.benchmarks.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a workload's images consist of. Each digest is listed once, however many images have it.
 *
 * @param images the images, the invocation image first
 * @param manifests all manifests and indexes, the images' own included
 * @param blobs all configs and layers
 */
public record WorkloadContent(List<Image> images, List<Content> manifests, List<Content> blobs) {
    /** The tag of every image. */
    static final String TAG = "v1";

    /** Copies the lists. */
    public WorkloadContent {
        images = List.copyOf(images);
        manifests = List.copyOf(manifests);
        blobs = List.copyOf(blobs);
    }

    /**
     * An image in its repository.
     *
     * @param repository where it is, without the host
     * @param root its manifest or index
     */
    public record Image(String repository, Content root) {}

    /** Sum of all sizes in bytes. */
    public long bytes() {
        return manifests.stream().mapToLong(Content::size).sum()
                + blobs.stream().mapToLong(Content::size).sum();
    }

    /** The bundle.json of these images, which a registry at {@code host} has. */
    public String bundle(String name, String host) {
        Map<String, Object> components = new LinkedHashMap<>();
        for (int i = 1; i < images.size(); i++) {
            Map<String, Object> component = new LinkedHashMap<>();
            component.put("description", "component " + i);
            component.putAll(bundleImage(images.get(i), host));
            components.put("c%04d".formatted(i), component);
        }
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("schemaVersion", "v1.0.0");
        bundle.put("name", name);
        bundle.put("version", "1.0.0");
        bundle.put("description", "benchmark workload " + name);
        bundle.put("invocationImages", List.of(bundleImage(images.get(0), host)));
        bundle.put("images", components);
        return Json.write(bundle);
    }

    private static Map<String, Object> bundleImage(Image image, String host) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("image", host + "/" + image.repository() + ":" + TAG);
        json.put("imageType", "oci");
        json.put("contentDigest", image.root().digest());
        json.put("size", image.root().size());
        json.put("mediaType", image.root().mediaType());
        return json;
    }

    /** A form that {@link #read} takes. */
    String write() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "images",
                images.stream()
                        .map(image -> Map.of(
                                "repository",
                                image.repository(),
                                "root",
                                image.root().json()))
                        .toList());
        json.put("manifests", manifests.stream().map(Content::json).toList());
        json.put("blobs", blobs.stream().map(Content::json).toList());
        return Json.write(json);
    }

    static WorkloadContent read(byte[] text) {
        Map<String, Object> json = Json.readObject(text);
        return new WorkloadContent(
                Json.objects(json.get("images")).stream()
                        .map(image -> new Image(
                                (String) Objects.requireNonNull(image.get("repository")),
                                Content.of(Json.object(image.get("root")))))
                        .toList(),
                Json.objects(json.get("manifests")).stream().map(Content::of).toList(),
                Json.objects(json.get("blobs")).stream().map(Content::of).toList());
    }
}
