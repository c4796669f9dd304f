/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes generated content as an OCI image layout directory (image specification 1.1, image layout). */
public final class LayoutWriter {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private LayoutWriter() {}

    /**
     * An entry of the layout's index.
     *
     * @param refName its {@code org.opencontainers.image.ref.name}; empty for none
     */
    public record Entry(String refName, Generated content) {}

    /** Writes a layout into a directory, which is made if it does not exist. */
    public static void write(Path directory, List<Entry> entries) throws IOException {
        Path blobs = Files.createDirectories(directory.resolve("blobs").resolve("sha256"));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        for (Entry entry : entries) {
            for (Content blob : entry.content().blobs()) {
                write(blobs, blob);
            }
            for (Content manifest : entry.content().manifests()) {
                write(blobs, manifest);
            }
        }
        Files.write(directory.resolve("index.json"), index(entries));
    }

    /** Writes a layout with one entry. */
    public static void write(Path directory, String refName, Generated content) throws IOException {
        write(directory, List.of(new Entry(refName, content)));
    }

    private static void write(Path blobs, Content content) throws IOException {
        Files.write(blobs.resolve(content.digest().substring("sha256:".length())), content.bytes());
    }

    private static byte[] index(List<Entry> entries) {
        return ManifestWriter.json(json -> {
            json.writeNumberProperty("schemaVersion", 2);
            json.writeStringProperty("mediaType", ImageFormat.OCI.index());
            json.writeArrayPropertyStart("manifests");
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringProperty("mediaType", entry.content().mediaType());
                json.writeStringProperty("digest", entry.content().digest());
                json.writeNumberProperty("size", entry.content().size());
                if (!entry.refName().isEmpty()) {
                    json.writeObjectPropertyStart("annotations");
                    json.writeStringProperty(REF_NAME, entry.refName());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
