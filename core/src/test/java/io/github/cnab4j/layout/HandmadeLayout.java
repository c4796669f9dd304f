/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.TestContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A layout whose files are written one by one, as another tool or an attacker would. */
record HandmadeLayout(Path root) {
    static final String HEADER = "{\"imageLayoutVersion\": \"1.0.0\"}";

    /** A layout without entries. */
    static HandmadeLayout empty(Path root) {
        HandmadeLayout layout = new HandmadeLayout(root);
        layout.file("oci-layout", HEADER);
        layout.directory("blobs");
        layout.index();
        return layout;
    }

    HandmadeLayout file(String name, String content) {
        try {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), content);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void directory(String name) {
        try {
            Files.createDirectories(root.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where a blob is, or would be. */
    Path blobFile(TestContent content) {
        return root.resolve(Path.of(
                "blobs",
                content.descriptor().digest().algorithm().prefix(),
                content.descriptor().digest().hex()));
    }

    HandmadeLayout blob(TestContent content) {
        return blob(content, content.bytes());
    }

    /** A blob's file with other bytes than belong there. */
    HandmadeLayout blob(TestContent content, byte[] actual) {
        try {
            Files.createDirectories(blobFile(content).getParent());
            Files.write(blobFile(content), actual);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    HandmadeLayout index(String... entries) {
        return file("index.json", "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}");
    }

    String indexText() throws IOException {
        return Files.readString(root.resolve("index.json"));
    }

    /** All files and directories below the root, by relative name. */
    List<String> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    /** An entry of the index; {@code annotations} are pairs of name and value. */
    static String entry(TestContent content, String... annotations) {
        Descriptor descriptor = content.descriptor();
        StringBuilder text = new StringBuilder("{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\""
                + descriptor.digest() + "\",\"size\":" + descriptor.size());
        for (int i = 0; i < annotations.length; i += 2) {
            text.append(i == 0 ? ",\"annotations\":{" : ",")
                    .append('"' + annotations[i] + "\":\"" + annotations[i + 1] + '"');
        }
        return text.append(annotations.length == 0 ? "}" : "}}").toString();
    }

    /** An entry with the name that the specification defines. */
    static String named(TestContent content, String name) {
        return entry(content, IndexEntry.REF_NAME, name);
    }
}
