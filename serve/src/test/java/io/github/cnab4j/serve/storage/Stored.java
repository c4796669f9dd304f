/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredManifest;
import io.github.cnab4j.server.storage.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Content for tests of the storage. */
final class Stored {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private Stored() {}

    static RepositoryName name(String name) {
        return new RepositoryName(name);
    }

    static Digest digest(String content) {
        return Digest.Algorithm.SHA256.of(content.getBytes(UTF_8));
    }

    static Digest blob(RepositoryStorage repository, String content) throws IOException {
        Digest digest = digest(content);
        Upload upload = repository.beginUpload(Digest.Algorithm.SHA256);
        upload.append(0, new ByteArrayInputStream(content.getBytes(UTF_8)));
        assertThat(upload.commit(digest)).isTrue();
        return digest;
    }

    static String read(RepositoryStorage repository, Digest digest) throws IOException {
        var blob = repository.blob(digest).orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blob.copyTo(out, 0, blob.size());
        return out.toString(UTF_8);
    }

    /** A manifest without layers, told from others by its annotation. */
    static Digest image(RepositoryStorage repository, String about, @Nullable Digest subject, String... tags)
            throws IOException {
        String content = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":{\"mediaType\":\"text/x\","
                + "\"digest\":\"" + digest("{}") + "\",\"size\":2},\"layers\":[],"
                + (subject == null ? "" : "\"subject\":" + descriptor(subject, 1) + ",")
                + "\"annotations\":{\"about\":\"" + about + "\"}}";
        return put(repository, MANIFEST, content, subject, tags);
    }

    static Digest index(RepositoryStorage repository, List<Digest> children, String... tags) throws IOException {
        String content = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":"
                + children.stream().map(child -> descriptor(child, 1)).collect(Collectors.joining(",", "[", "]"))
                + "}";
        return put(repository, INDEX, content, null, tags);
    }

    private static String descriptor(Digest digest, int size) {
        return "{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    static Digest put(
            RepositoryStorage repository, String type, String content, @Nullable Digest subject, String... tags)
            throws IOException {
        Digest digest = digest(content);
        repository.putManifest(
                new StoredManifest(digest, type, content.getBytes(UTF_8), subject),
                Stream.of(tags).toList());
        return digest;
    }
}
