/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes configs, manifests and indexes. */
final class ManifestWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private ManifestWriter() {}

    static byte[] json(Consumer<JsonGenerator> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            writer.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static Content config(ImageFormat format, TargetPlatform platform, List<String> diffIds, String comment) {
        byte[] bytes = json(json -> {
            platformMembers(json, platform);
            json.writeObjectPropertyStart("config");
            json.writeEndObject();
            json.writeObjectPropertyStart("rootfs");
            json.writeStringProperty("type", "layers");
            json.writeArrayPropertyStart("diff_ids");
            diffIds.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayPropertyStart("history");
            for (String diffId : diffIds) {
                json.writeStartObject();
                json.writeStringProperty("created_by", diffId);
                json.writeStringProperty("comment", comment);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return Content.of(format.config(), bytes);
    }

    static Content image(ImageFormat format, Content config, List<Content> layers) {
        byte[] bytes = json(json -> {
            json.writeNumberProperty("schemaVersion", 2);
            json.writeStringProperty("mediaType", format.manifest());
            json.writeName("config");
            descriptor(json, config);
            json.writeArrayPropertyStart("layers");
            layers.forEach(layer -> descriptor(json, layer));
            json.writeEndArray();
        });
        return Content.of(format.manifest(), bytes);
    }

    static Content index(ImageFormat format, List<Generated> children) {
        byte[] bytes = json(json -> {
            json.writeNumberProperty("schemaVersion", 2);
            json.writeStringProperty("mediaType", format.index());
            json.writeArrayPropertyStart("manifests");
            children.forEach(child -> child(json, child));
            json.writeEndArray();
        });
        return Content.of(format.index(), bytes);
    }

    private static void child(JsonGenerator json, Generated child) {
        json.writeStartObject();
        descriptorMembers(json, child.manifest());
        if (child instanceof GeneratedImage image) {
            json.writeObjectPropertyStart("platform");
            platformMembers(json, image.platform());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void descriptor(JsonGenerator json, Content content) {
        json.writeStartObject();
        descriptorMembers(json, content);
        json.writeEndObject();
    }

    private static void descriptorMembers(JsonGenerator json, Content content) {
        json.writeStringProperty("mediaType", content.mediaType());
        json.writeStringProperty("digest", content.digest());
        json.writeNumberProperty("size", content.size());
    }

    private static void platformMembers(JsonGenerator json, TargetPlatform platform) {
        json.writeStringProperty("architecture", platform.architecture());
        json.writeStringProperty("os", platform.os());
        if (!platform.variant().isEmpty()) {
            json.writeStringProperty("variant", platform.variant());
        }
    }
}
