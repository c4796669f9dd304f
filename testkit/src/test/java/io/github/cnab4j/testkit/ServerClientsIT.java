/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.Generated;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.generate.LayoutWriter;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that others wrote finds the server to be a registry. */
class ServerClientsIT {
    private final ContentGenerator generator = new ContentGenerator(21);

    @TempDir
    private Path directory;

    private Skopeo skopeo;

    @BeforeEach
    void find() {
        skopeo = Skopeo.require(directory);
    }

    private String layout(String name, Generated content) throws IOException {
        LayoutWriter.write(directory.resolve(name), "it", content);
        return "oci:" + directory.resolve(name) + ":it";
    }

    /** Whether a layout that skopeo wrote holds the very bytes that were generated. */
    private void assertLayoutHolds(String name, Generated content) {
        Path blobs = directory.resolve(name).resolve("blobs/sha256");
        for (Content manifest : content.manifests()) {
            assertThat(blobs.resolve(manifest.digest().substring(7))).hasBinaryContent(manifest.bytes());
        }
        for (Content blob : content.blobs()) {
            assertThat(blobs.resolve(blob.digest().substring(7))).hasBinaryContent(blob.bytes());
        }
    }

    @Test
    void anIndexGoesInAndOutByteForByte() throws Exception {
        Generated index = generator.multiPlatform(
                ImageFormat.OCI, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64/v8"));
        try (TestRegistry registry = TestRegistry.start()) {
            String reference = "docker://" + registry.host() + "/apps/demo:1.0";
            skopeo.run("copy", "--all", "--dest-tls-verify=false", layout("in", index), reference);

            assertThat(registry.repository("apps/demo").resolve("1.0")).contains(index.digest());
            assertThat(registry.repository("apps/demo").blobs()).hasSameSizeAs(index.blobs());
            assertThat(registry.openUploads()).isZero();
            assertThat(registry.log().count("PATCH", Kind.UPLOAD))
                    .as("skopeo streams its uploads, five blobs")
                    .isEqualTo(5);

            skopeo.run("copy", "--all", "--src-tls-verify=false", reference, "oci:" + directory.resolve("out") + ":it");
            assertLayoutHolds("out", index);
        }
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void anImageOfEitherFormatGoesOutAndIn(ImageFormat format) throws Exception {
        GeneratedImage image =
                generator.image(ImageSpec.small().withFormat(format).withLayers(3, 200_000));
        try (TestRegistry registry = TestRegistry.start()) {
            registry.load("a", image, "1.0");
            String dir = "dir:" + directory.resolve("copy");
            skopeo.run("copy", "--src-tls-verify=false", "docker://" + registry.host() + "/a:1.0", dir);
            skopeo.run("copy", "--dest-tls-verify=false", dir, "docker://" + registry.host() + "/b/c:2.0");

            TestRepository copy = registry.repository("b/c");
            assertThat(copy.resolve("2.0")).contains(image.digest());
            assertThat(copy.mediaType("2.0")).isEqualTo(format.manifest());
            for (Content blob : image.blobs()) {
                assertThat(copy.blob(blob.digest())).isEqualTo(blob.bytes());
            }
        }
    }

    @Test
    void whatItHasPushedToOneRepositoryIsMountedIntoAnother() throws Exception {
        GeneratedImage image = generator.image();
        try (TestRegistry registry = TestRegistry.start()) {
            String from = layout("in", image);
            skopeo.run("copy", "--dest-tls-verify=false", from, "docker://" + registry.host() + "/a:1.0");
            registry.log().clear();
            skopeo.run("copy", "--dest-tls-verify=false", from, "docker://" + registry.host() + "/b:1.0");

            assertThat(registry.repository("b").resolve("1.0")).contains(image.digest());
            assertThat(registry.log().count(request -> request.query().contains("mount=") && request.status() == 201))
                    .as("both layers, of which skopeo remembers where they are")
                    .isEqualTo(2);
        }
    }

    @Test
    void tagsAreListedInspectedAndDeleted() throws Exception {
        GeneratedImage image = generator.image();
        try (TestRegistry registry = TestRegistry.start()) {
            registry.load("a", image, "1.0", "latest");
            String reference = "docker://" + registry.host() + "/a";

            assertThat(skopeo.run("list-tags", "--tls-verify=false", reference)).contains("\"1.0\"", "\"latest\"");
            assertThat(skopeo.run("inspect", "--raw", "--tls-verify=false", reference + ":1.0"))
                    .isEqualTo(new String(image.manifest().bytes(), UTF_8));
            assertThat(skopeo.run("inspect", "--tls-verify=false", reference + ":1.0"))
                    .contains(image.digest(), image.layers().get(0).digest());

            skopeo.run("delete", "--tls-verify=false", reference + ":1.0");
            assertThat(registry.repository("a").hasManifest(image.digest())).isFalse();
        }
    }

    @Test
    void onlyTheRightPasswordGetsATokenToPushWith() throws Exception {
        GeneratedImage image = generator.image();
        Access access = Access.tokens(Account.of("alice", "s3cret")).withAnonymousPull();
        try (TestRegistry registry = TestRegistry.builder().access(access).start()) {
            String from = layout("in", image);
            String to = "docker://" + registry.host() + "/a:1.0";

            assertThat(skopeo.tryToRun("copy", "--dest-tls-verify=false", "--dest-creds=alice:wrong", from, to)
                            .exitCode())
                    .isNotZero();
            assertThat(registry.repositories()).isEmpty();
            skopeo.run("copy", "--dest-tls-verify=false", "--dest-creds=alice:s3cret", from, to);
            assertThat(registry.repository("a").resolve("1.0")).contains(image.digest());
            skopeo.run("inspect", "--no-creds", "--tls-verify=false", to);
        }
    }

    @Test
    void httpsIsSpokenWithWhoTrustsTheCertificate() throws Exception {
        SelfSigned certificate = SelfSigned.create();
        GeneratedImage image = generator.image();
        Path trusted = Files.createDirectory(directory.resolve("certs"));
        Files.writeString(trusted.resolve("ca.crt"), certificate.pem());
        try (TestRegistry registry =
                TestRegistry.builder().tls(certificate.serverContext()).start()) {
            String from = layout("in", image);
            String to = "docker://" + registry.host() + "/a:1.0";

            assertThat(skopeo.tryToRun("copy", from, to).output()).containsIgnoringCase("certificate");
            skopeo.run("copy", "--dest-cert-dir=" + trusted, from, to);
            skopeo.run("copy", "--src-cert-dir=" + trusted, to, "oci:" + directory.resolve("out") + ":it");
            assertLayoutHolds("out", image);
        }
    }
}
