/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {
    private static final GcOptions HOUR = GcOptions.standard();
    private static final GcOptions UNTAGGED = new GcOptions(Duration.ofHours(1), true, false);

    @TempDir
    Path root;

    private LayoutRegistry registry;
    private RepositoryStorage app;

    @BeforeEach
    void open() throws IOException {
        registry = LayoutRegistry.open(root, StorageOptions.standard());
        app = registry.open(Stored.name("app"));
        Stored.blob(app, "{}");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void makeOld() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, old);
            }
        }
    }

    @Test
    void blobsThatAreNotNamed_goWhenTheyAreOld() throws IOException {
        Digest image = Stored.image(app, "one", null, "1.0");
        Digest orphan = Stored.blob(app, "orphan");
        assertThat(registry.collectGarbage(HOUR).blobs()).isZero();
        makeOld();

        GcReport report = registry.collectGarbage(HOUR);

        assertThat(report.repositories())
                .containsExactly(new GcReport.Collected(Stored.name("app"), 0, 1, "orphan".length()));
        assertThat(app.blob(orphan)).isEmpty();
        assertThat(app.blob(Stored.digest("{}"))).isPresent();
        assertThat(app.manifest(image)).isPresent();
    }

    @Test
    void aBlobThatAPushAskedFor_isKept() throws IOException {
        Digest orphan = Stored.blob(app, "orphan");
        makeOld();
        app.blob(orphan);

        registry.collectGarbage(HOUR);

        assertThat(app.blob(orphan)).isPresent();
    }

    @Test
    void aBlobThatWasMounted_isKept_hereAndThere() throws IOException {
        Digest orphan = Stored.blob(app, "orphan");
        makeOld();
        RepositoryStorage other = registry.open(Stored.name("other"));
        other.mount(orphan, Stored.name("app"));

        registry.collectGarbage(HOUR);

        assertThat(other.blob(orphan)).isPresent();
    }

    @Test
    void dryRun_countsAndRemovesNothing() throws IOException {
        Digest orphan = Stored.blob(app, "orphan");
        makeOld();

        assertThat(registry.collectGarbage(new GcOptions(Duration.ofHours(1), false, true))
                        .blobs())
                .isEqualTo(2);

        assertThat(app.blob(orphan)).isPresent();
    }

    @Test
    void manifestsWithoutATag_stayUnlessToldOtherwise_withWhatRefersToThemAndWhatTheyList() throws IOException {
        Digest child = Stored.image(app, "child", null);
        Digest index = Stored.index(app, List.of(child), "1.0");
        Digest signature = Stored.image(app, "signature", child);
        Digest untagged = Stored.image(app, "untagged", null);
        makeOld();

        assertThat(registry.collectGarbage(HOUR).blobs()).isZero();
        assertThat(registry.collectGarbage(UNTAGGED).repositories())
                .extracting(GcReport.Collected::manifests)
                .containsExactly(1);

        assertThat(app.manifest(untagged)).isEmpty();
        assertThat(List.of(child, index, signature))
                .allSatisfy(kept -> assertThat(app.manifest(kept)).isPresent());
    }

    @Test
    void aDamagedManifest_keepsItsRepositoryAsItIs() throws IOException {
        Digest image = Stored.image(app, "one", null, "1.0");
        Digest orphan = Stored.blob(app, "orphan");
        Files.writeString(root.resolve("app/blobs/sha256").resolve(image.encoded()), "damaged");
        makeOld();

        GcReport report = registry.collectGarbage(HOUR);

        assertThat(report.failures()).singleElement().asString().contains("app", "damaged");
        assertThat(app.blob(orphan)).isPresent();
    }

    @Test
    void uploadsThatHaveExpired_areEnded() throws IOException {
        Upload old = app.beginUpload(Digest.Algorithm.SHA256);
        old.append(0, new ByteArrayInputStream("old".getBytes(UTF_8)));
        makeOld();
        Upload young = app.beginUpload(Digest.Algorithm.SHA256);

        GcReport report = registry.collectGarbage(HOUR);

        assertThat(report.uploads()).isEqualTo(1);
        assertThat(report.uploadBytes()).isEqualTo(3);
        assertThat(app.upload(old.id())).isEmpty();
        assertThat(app.upload(young.id())).isPresent();
    }
}
