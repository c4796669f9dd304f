/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import static io.github.cnab4j.docker.SavedImages.CONFIGURATION;
import static io.github.cnab4j.docker.SavedImages.LOWER;
import static io.github.cnab4j.docker.SavedImages.UPPER;
import static io.github.cnab4j.docker.SavedImages.blob;
import static io.github.cnab4j.docker.SavedImages.manifest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.archive.TarBuilder;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.Verified;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Images as engines save them, good ones and bad ones. */
class SavedImageStoreTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final String PLAIN_LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String GZIP_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final int LIMIT = 1 << 20;

    @Test
    void imageOfAnyFormatBecomesTheSameManifest() {
        Descriptor docker20 = root(SavedImages.docker20().build());

        assertThat(root(SavedImages.podman())).isEqualTo(docker20);
        assertThat(root(SavedImages.docker25(PLAIN_LAYER, LOWER, UPPER, LOWER))).isEqualTo(docker20);
        assertThat(docker20.mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST);
    }

    @Test
    void manifestNamesConfigurationAndCompressedLayers() throws IOException {
        try (SavedImageStore store = read(SavedImages.docker20().build())) {
            ImageManifest image = (ImageManifest) manifestOf(store, store.root());

            assertThat(image.config().digest()).isEqualTo(Digest.sha256(CONFIGURATION));
            assertThat(content(store, image.config())).isEqualTo(CONFIGURATION);
            assertThat(image.layers()).hasSize(3);
            assertThat(image.layers().get(2)).isEqualTo(image.layers().get(0));
            assertThat(image.layers().get(0).mediaType())
                    .hasToString("application/vnd.docker.image.rootfs.diff.tar.gzip");
            assertThat(decompressed(content(store, image.layers().get(0)))).isEqualTo(LOWER);
            assertThat(decompressed(content(store, image.layers().get(1)))).isEqualTo(UPPER);
        }
    }

    @Test
    void manifestThatTheEngineKeptStaysWhatItIs() {
        byte[] lower = compressed(LOWER);
        byte[] upper = compressed(UPPER);

        try (SavedImageStore store = read(SavedImages.docker25(GZIP_LAYER, lower, upper, lower))) {
            assertThat(store.root().digest())
                    .isEqualTo(Digest.sha256(SavedImages.ociManifest(GZIP_LAYER, lower, upper, lower)));
            ImageManifest image = (ImageManifest) manifestOf(store, store.root());
            assertThat(content(store, image.layers().get(1))).isEqualTo(upper);
            assertThat(store.exists(SCOPE, image.config())).isTrue();
        }
    }

    @Test
    void layersThatAreCompressedAlreadyAreNotCompressedAgain() {
        byte[] lower = compressed(LOWER);
        String configuration = "c.json";
        byte[] archive = new TarBuilder()
                .file(configuration, SavedImages.configuration(LOWER))
                .file("l", lower)
                .file("manifest.json", manifest(configuration, "l"))
                .build();

        try (SavedImageStore store = read(archive)) {
            ImageManifest image = (ImageManifest) manifestOf(store, store.root());
            assertThat(image.layers().get(0).digest()).isEqualTo(Digest.sha256(lower));
        }
    }

    @Test
    void layersInZstandardMakeAnOciManifest() {
        byte[] zstandard = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3};
        byte[] archive = new TarBuilder()
                .file("c.json", SavedImages.configuration(LOWER, UPPER))
                .file("1", zstandard)
                .file("2", UPPER)
                .file("manifest.json", manifest("c.json", "1", "2"))
                .build();

        try (SavedImageStore store = read(archive)) {
            assertThat(store.root().mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
            ImageManifest image = (ImageManifest) manifestOf(store, store.root());
            assertThat(image.layers().stream().map(layer -> layer.mediaType().value()))
                    .containsExactly("application/vnd.oci.image.layer.v1.tar+zstd", GZIP_LAYER);
        }
    }

    @Test
    void ofAnIndexWhosePlatformsAreNotAllThereTheOneThatIsThereIsTaken() {
        byte[] lower = compressed(LOWER);
        byte[] image = SavedImages.ociManifest(GZIP_LAYER, lower);
        byte[] elsewhere = SavedImages.ociManifest(GZIP_LAYER, new byte[] {1});
        byte[] nested = index(image, elsewhere);

        assertThat(root(layout(nested, image, lower)).digest()).isEqualTo(Digest.sha256(image));
    }

    @Test
    void indexThatIsThereWithAllItsPlatformsStaysWhatItIs() {
        byte[] lower = compressed(LOWER);
        byte[] upper = compressed(UPPER);
        byte[] one = SavedImages.ociManifest(GZIP_LAYER, lower);
        byte[] two = SavedImages.ociManifest(GZIP_LAYER, upper);
        byte[] nested = index(one, two);

        try (SavedImageStore store = read(layout(nested, one, two, lower, upper))) {
            assertThat(store.root().digest()).isEqualTo(Digest.sha256(nested));
            assertThat(((IndexManifest) manifestOf(store, store.root())).manifests())
                    .allMatch(child -> store.exists(SCOPE, child));
        }
    }

    @Test
    void storeHasTheImageUnderAnyTagAndItsDigest() {
        try (SavedImageStore store = read(SavedImages.podman())) {
            assertThat(store.resolve(SCOPE, "latest")).isEqualTo(store.root());
            assertThat(store.resolve(SCOPE, store.root().digest().toString())).isEqualTo(store.root());
            assertThat(catchThrowableOfType(
                            NotFoundException.class, () -> store.resolve(SCOPE, "sha256:" + "0".repeat(64))))
                    .isNotNull();
            Descriptor absent = Descriptor.of(MediaType.OCI_CONFIG, new byte[] {1});
            assertThat(store.exists(SCOPE, absent)).isFalse();
            assertThat(catchThrowableOfType(NotFoundException.class, () -> store.fetch(SCOPE, absent, 0)))
                    .isNotNull();
        }
    }

    @Test
    void contentIsReadFromAnyPlace() throws IOException {
        try (SavedImageStore store = read(SavedImages.podman())) {
            ImageManifest image = (ImageManifest) manifestOf(store, store.root());
            for (Descriptor part :
                    List.of(store.root(), image.config(), image.layers().get(0))) {
                byte[] whole = content(store, part);
                assertThat(store.fetch(SCOPE, part, 7).readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(whole, 7, whole.length));
            }
        }
    }

    @Test
    void layerThatIsNotWhatTheConfigurationSaysIsRefused() {
        byte[] archive = new TarBuilder()
                .file("c.json", SavedImages.configuration(LOWER))
                .file("l", UPPER)
                .file("manifest.json", manifest("c.json", "l"))
                .build();

        assertThat(catchThrowableOfType(IntegrityException.class, () -> read(archive)))
                .hasMessageContaining(Digest.sha256(LOWER).toString());
    }

    @Test
    void archiveBeyondItsLimitIsRefused() {
        InvalidInputException failure = catchThrowableOfType(
                InvalidInputException.class,
                () -> SavedImageStore.read(SCOPE, "app:1", new ByteArrayInputStream(SavedImages.podman()), 1000));

        assertThat(failure.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void stopEndsTheReading() {
        Cancellation stopped = new Cancellation();
        stopped.cancel();

        assertThat(catchThrowableOfType(
                        CancelledException.class,
                        () -> SavedImageStore.read(
                                stopped, "app:1", new ByteArrayInputStream(SavedImages.podman()), LIMIT)))
                .isNotNull();
    }

    static Stream<Arguments> hostileArchives() {
        byte[] good = SavedImages.docker20().build();
        byte[] configuration = SavedImages.configuration(LOWER);
        return Stream.of(
                hostile("no archive", () -> "hello".repeat(200).getBytes(UTF_8)),
                hostile("nothing", () -> new byte[0]),
                hostile("cut off", () -> Arrays.copyOf(good, good.length / 2)),
                hostile("no image", () -> new TarBuilder().file("x", "y").build()),
                hostile(
                        "name that leads elsewhere",
                        () -> new TarBuilder().file("../../etc/passwd", "x").build()),
                hostile(
                        "link that leads elsewhere",
                        () -> SavedImages.docker20()
                                .entry("4/layer.tar", (byte) '2', "../../etc/passwd")
                                .build()),
                hostile(
                        "absolute link",
                        () -> SavedImages.docker20()
                                .entry("4/layer.tar", (byte) '2', "/etc/passwd")
                                .build()),
                hostile(
                        "hard link that leads elsewhere",
                        () -> SavedImages.docker20()
                                .entry("4/layer.tar", (byte) '1', "../x")
                                .build()),
                hostile(
                        "links in a circle",
                        () -> new TarBuilder()
                                .entry("a", (byte) '2', "b")
                                .entry("b", (byte) '2', "a")
                                .file("manifest.json", manifest("a", "b"))
                                .build()),
                hostile(
                        "link to nothing",
                        () -> SavedImages.docker20()
                                .entry("4/layer.tar", (byte) '2', "../9/layer.tar")
                                .build()),
                hostile(
                        "link twice",
                        () -> SavedImages.docker20()
                                .entry("3/layer.tar", (byte) '2', "../2/layer.tar")
                                .build()),
                hostile(
                        "link over a file",
                        () -> SavedImages.docker20()
                                .entry("1/layer.tar", (byte) '2', "../2/layer.tar")
                                .build()),
                hostile(
                        "file over a link",
                        () -> SavedImages.docker20().file("3/layer.tar", "x").build()),
                hostile(
                        "device",
                        () -> SavedImages.docker20()
                                .entry("dev", (byte) '3', "")
                                .build()),
                hostile(
                        "layer that is not there",
                        () -> new TarBuilder()
                                .file("c.json", configuration)
                                .file("manifest.json", manifest("c.json", "l"))
                                .build()),
                hostile(
                        "configuration that is not there",
                        () -> new TarBuilder()
                                .file("l", LOWER)
                                .file("manifest.json", manifest("c.json", "l"))
                                .build()),
                hostile(
                        "configuration that is no object",
                        () -> new TarBuilder()
                                .file("c.json", "[]")
                                .file("l", LOWER)
                                .file("manifest.json", manifest("c.json", "l"))
                                .build()),
                hostile(
                        "configuration without layers",
                        () -> new TarBuilder()
                                .file("c.json", "{\"rootfs\":{}}")
                                .file("l", LOWER)
                                .file("manifest.json", manifest("c.json", "l"))
                                .build()),
                hostile(
                        "layers without a digest",
                        () -> new TarBuilder()
                                .file("c.json", "{\"rootfs\":{\"diff_ids\":[\"../x\"]}}")
                                .file("l", LOWER)
                                .file("manifest.json", manifest("c.json", "l"))
                                .build()),
                hostile(
                        "more layers than the configuration names",
                        () -> new TarBuilder()
                                .file("c.json", configuration)
                                .file("l", LOWER)
                                .file("manifest.json", manifest("c.json", "l", "l"))
                                .build()),
                hostile(
                        "configuration that is not what its name says",
                        () -> new TarBuilder()
                                .file("0".repeat(64) + ".json", configuration)
                                .file("l", LOWER)
                                .file("manifest.json", manifest("0".repeat(64) + ".json", "l"))
                                .build()),
                hostile(
                        "several images",
                        () -> new TarBuilder()
                                .file("c.json", configuration)
                                .file("l", LOWER)
                                .file(
                                        "manifest.json",
                                        (manifest("c.json", "l") + manifest("c.json", "l")).replace("][", ","))
                                .build()),
                hostile(
                        "manifest.json that is no json",
                        () -> new TarBuilder().file("manifest.json", "{").build()),
                hostile("manifest of the layout that is not what its name says", () -> {
                    byte[] lower = compressed(LOWER);
                    byte[] image = SavedImages.ociManifest(GZIP_LAYER, lower);
                    byte[] other = new String(image, UTF_8).replace("2,", "3,").getBytes(UTF_8);
                    return new TarBuilder()
                            .file(blob(image), other)
                            .file(blob(lower), lower)
                            .file(blob(CONFIGURATION), CONFIGURATION)
                            .file("oci-layout", "{}")
                            .file("index.json", new String(index(image), UTF_8))
                            .build();
                }));
    }

    private static Arguments hostile(String what, Supplier<byte[]> archive) {
        return Arguments.of(what, archive);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileArchives")
    void archiveThatIsNotWhatEnginesSaveIsRefused(String what, Supplier<byte[]> archive) {
        CnabException failure = catchThrowableOfType(CnabException.class, () -> read(archive.get()));

        assertThat(failure).as(what).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARCHIVE);
        assertThat(failure).hasMessageContaining("app:1");
    }

    private static byte[] layout(byte[] top, byte[]... blobs) {
        TarBuilder tar = new TarBuilder().file(blob(top), top).file(blob(CONFIGURATION), CONFIGURATION);
        for (byte[] content : blobs) {
            tar.file(blob(content), content);
        }
        String index = "{\"schemaVersion\":2,\"manifests\":[" + SavedImages.descriptor(MediaType.OCI_INDEX.value(), top)
                + "]}";
        return tar.file("oci-layout", "{}").file("index.json", index).build();
    }

    private static byte[] index(byte[]... images) {
        String entries = String.join(
                ",",
                Stream.of(images)
                        .map(image -> SavedImages.descriptor(MediaType.OCI_MANIFEST.value(), image))
                        .toList());
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[" + entries + "]}")
                .getBytes(UTF_8);
    }

    private static Descriptor root(byte[] archive) {
        try (SavedImageStore store = read(archive)) {
            return store.root();
        }
    }

    private static SavedImageStore read(byte[] archive) {
        return SavedImageStore.read(SCOPE, "app:1", new ByteArrayInputStream(archive), LIMIT);
    }

    private static Manifest manifestOf(SavedImageStore store, Descriptor descriptor) {
        return Manifest.parse(descriptor.mediaType(), content(store, descriptor));
    }

    private static byte[] content(SavedImageStore store, Descriptor descriptor) {
        return Verified.readAll(SCOPE, store, descriptor, LIMIT);
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return out.toByteArray();
    }

    private static byte[] decompressed(byte[] content) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
    }
}
