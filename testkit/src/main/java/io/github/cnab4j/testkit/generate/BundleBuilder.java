/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes a bundle over generated images that lie on one registry. Not thread-safe. */
public final class BundleBuilder {
    private static final String TAG = "1.0";

    private final String registry;
    private final String name;
    private final List<BundleImage> images = new ArrayList<>();
    private boolean withDigests = true;

    /**
     * @param registry host and port
     * @param name of the bundle, and the first part of its images' repositories
     */
    public BundleBuilder(String registry, String name, Generated invocationImage) {
        this.registry = registry;
        this.name = name;
        add("", "installer", invocationImage);
    }

    /** A bundle of small OCI images. */
    public static GeneratedBundle ofSmallImages(
            String registry, String name, ContentGenerator generator, int components) {
        BundleBuilder builder = new BundleBuilder(registry, name, generator.image());
        for (int i = 0; i < components; i++) {
            builder.component("component-" + i, generator.image());
        }
        return builder.build();
    }

    /** Adds a component image, in a repository of its own. */
    public BundleBuilder component(String component, Generated content) {
        add(component, component, content);
        return this;
    }

    /** Leaves out digests, sizes and media types of images, as before a first fixup. */
    public BundleBuilder withoutDigests() {
        withDigests = false;
        return this;
    }

    private void add(String component, String lastName, Generated content) {
        String repository = name + "/" + lastName;
        images.add(new BundleImage(component, repository, TAG, registry + "/" + repository + ":" + TAG, content));
    }

    /** The bundle. */
    public GeneratedBundle build() {
        byte[] bytes = ManifestWriter.json(json -> {
            json.writeStringProperty("schemaVersion", "1.0.0");
            json.writeStringProperty("name", name);
            json.writeStringProperty("version", "0.1.0");
            json.writeStringProperty("description", "made for a test");
            json.writeArrayPropertyStart("invocationImages");
            image(json, images.get(0));
            json.writeEndArray();
            if (images.size() > 1) {
                json.writeObjectPropertyStart("images");
                for (BundleImage image : images.subList(1, images.size())) {
                    json.writeName(image.component());
                    image(json, image);
                }
                json.writeEndObject();
            }
        });
        return new GeneratedBundle(new String(bytes, StandardCharsets.UTF_8), List.copyOf(images));
    }

    private void image(JsonGenerator json, BundleImage image) {
        json.writeStartObject();
        json.writeStringProperty("imageType", "docker");
        json.writeStringProperty("image", image.reference());
        if (withDigests) {
            json.writeStringProperty("contentDigest", image.content().digest());
            json.writeNumberProperty("size", image.content().size());
            json.writeStringProperty("mediaType", image.content().mediaType());
        }
        if (!image.component().isEmpty()) {
            json.writeStringProperty("description", image.component());
        }
        json.writeEndObject();
    }
}
