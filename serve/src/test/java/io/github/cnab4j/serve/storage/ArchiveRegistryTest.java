/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.archive.ArchiveWriter;
import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredManifest;
import io.github.cnab4j.store.CallScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveRegistryTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final String LAYER = "layer content";
    private static final String CHILD = manifest("child", "");
    private static final String SIGNATURE = manifest(
            "signature",
            ",\"subject\":{\"mediaType\":\"" + Stored.MANIFEST + "\",\"digest\":\"" + Stored.digest(CHILD)
                    + "\",\"size\":1}");

    @TempDir
    Path directory;

    private static String manifest(String about, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + Stored.MANIFEST + "\",\"config\":{\"mediaType\":\"text/x\","
                + "\"digest\":\"" + Stored.digest(LAYER) + "\",\"size\":13},\"layers\":[],\"annotations\":{\"about\":\""
                + about + "\"}" + more + "}";
    }

    private static String entry(String content, String name) {
        return "{\"mediaType\":\"" + Stored.MANIFEST + "\",\"digest\":\"" + Stored.digest(content) + "\",\"size\":"
                + content.length()
                + (name.isEmpty() ? "" : ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}")
                + "}";
    }

    private Path archive(String root) {
        Path file = directory.resolve("My Bundle-1.0.tar");
        try (ArchiveWriter writer = ArchiveWriter.create(SCOPE, file, Compression.none())) {
            writer.add(root + "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
            writer.add(
                    root + "index.json",
                    ("{\"schemaVersion\":2,\"manifests\":["
                                    + String.join(
                                            ",",
                                            List.of(
                                                    entry(CHILD, "1.0"),
                                                    entry(CHILD, "registry.example/team/web:2.0"),
                                                    entry(
                                                            CHILD,
                                                            "registry.example:5000/by/digest@" + Stored.digest(CHILD)),
                                                    entry(SIGNATURE, "")))
                                    + "]}")
                            .getBytes(UTF_8));
            for (String blob : List.of(LAYER, CHILD, SIGNATURE)) {
                writer.add(root + "blobs/sha256/" + Stored.digest(blob).encoded(), blob.getBytes(UTF_8));
            }
            writer.commit();
        }
        return file;
    }

    @Test
    void anArchive_isARepositoryOfItsName_andOneForEachNameInIt() throws IOException {
        try (ArchiveRegistry registry = ArchiveRegistry.open(SCOPE, archive(""))) {
            assertThat(registry.repositories(null, 10))
                    .containsExactly(Stored.name("by/digest"), Stored.name("my-bundle-1-0"), Stored.name("team/web"));
            RepositoryStorage own = registry.find(Stored.name("my-bundle-1-0")).orElseThrow();
            assertThat(own.tags(null, 10)).containsExactly("1.0");
            assertThat(registry.find(Stored.name("team/web")).orElseThrow().tag("2.0"))
                    .contains(Stored.digest(CHILD));
            assertThat(registry.find(Stored.name("by/digest")).orElseThrow().manifest(Stored.digest(CHILD)))
                    .isPresent();
        }
    }

    @Test
    void blobsAndReferrersOfAThickBundle_areRead_partsToo() throws IOException {
        try (ArchiveRegistry registry = ArchiveRegistry.open(SCOPE, archive("artifacts/layout/"))) {
            RepositoryStorage own = registry.find(Stored.name("my-bundle-1-0")).orElseThrow();
            assertThat(Stored.read(own, Stored.digest(LAYER))).isEqualTo(LAYER);
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            own.blob(Stored.digest(LAYER)).orElseThrow().copyTo(part, 6, 7);
            assertThat(part.toString(UTF_8)).isEqualTo("content");
            assertThat(own.referrers(Stored.digest(CHILD)))
                    .extracting(StoredManifest::digest)
                    .containsExactly(Stored.digest(SIGNATURE));
            assertThat(own.blob(Stored.digest("absent"))).isEmpty();
        }
    }

    @Test
    void anArchive_takesNothing() throws IOException {
        try (ArchiveRegistry registry = ArchiveRegistry.open(SCOPE, archive(""))) {
            RepositoryStorage own = registry.open(Stored.name("my-bundle-1-0"));
            assertThatThrownBy(() -> own.beginUpload(Digest.Algorithm.SHA256)).isInstanceOf(StorageRefusal.class);
            assertThatThrownBy(() -> own.deleteManifest(Stored.digest(CHILD))).isInstanceOf(StorageRefusal.class);
            assertThatThrownBy(() -> registry.open(Stored.name("other"))).isInstanceOf(StorageRefusal.class);
        }
    }
}
