/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.UnsignedException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.vectors.Vectors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of what there has to be a signature where a whole layout or archive is to be signed: nothing in it gets round that. */
class SignedLayoutTest {
    private static final VerificationKey PUBLIC = VerificationKey.parse(text("publicKey"));

    private final TestRegistry registry = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();

    @TempDir
    Path directory;

    private Location bundle;
    private Location layout;
    private Digest digest;

    private static String text(String name) {
        return Vectors.load("signatures.json").document().string(name).orElseThrow();
    }

    @BeforeEach
    void push() {
        GeneratedBundle generated = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(7), 1);
        registry.load(generated);
        bundle = Location.parse(registry.host() + "/bundle:1.0");
        layout = Location.parse("oci:" + directory.resolve("layout"));
        digest = remotes.fixupAndPush(
                        Bundle.parse(generated.bytes()), bundle, FixupOptions.defaults(), PushOptions.defaults())
                .descriptor()
                .digest();
    }

    @AfterEach
    void stop() {
        remotes.close();
        registry.close();
    }

    private void sign() {
        remotes.sign(
                bundle,
                SigningKey.parse(text("privateKey"), () -> text("password").toCharArray()),
                SignOptions.defaults());
    }

    private LayoutVerifyResult verify(Location whole) {
        return remotes.verifyLayout(whole, VerifyOptions.defaults().withKey(PUBLIC));
    }

    private void copyTo(String tag) {
        remotes.copy(bundle, layout.withTag(tag), ArtifactCopyOptions.defaults());
    }

    @Test
    void layoutWithoutContent_isNotSigned() throws IOException {
        copyTo("1.0");
        Files.writeString(directory.resolve("layout/index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");

        assertThatThrownBy(() -> verify(layout))
                .isInstanceOf(UnsignedException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void unsignedBundleThatIsCalledLikeAnAttestation_isNone() {
        copyTo(SignatureTags.signature(digest).replace(".sig", ".att"));

        assertThatThrownBy(() -> verify(layout))
                .isInstanceOf(UnsignedException.class)
                .hasMessageContaining(digest.toString());
    }

    @Test
    void unsignedBundleBesideASignedOne_isMissed_whateverItIsCalled() {
        copyTo(SignatureTags.referrers(digest));
        Digest unsigned = digest;
        GeneratedBundle other = BundleBuilder.ofSmallImages(registry.host(), "other", new ContentGenerator(8), 1);
        registry.load(other);
        remotes.fixupAndPush(Bundle.parse(other.bytes()), bundle, FixupOptions.defaults(), PushOptions.defaults());
        sign();
        copyTo("signed");

        assertThatThrownBy(() -> verify(layout))
                .isInstanceOf(UnsignedException.class)
                .hasMessageContaining(unsigned.toString());
    }

    @Test
    void unsignedImageBesideASignedThickBundle_isMissed() throws IOException {
        sign();
        Path plain = directory.resolve("plain.tar");
        Path altered = directory.resolve("altered.tar");
        remotes.archive(bundle, plain, ArchiveOptions.defaults().withCompression(Compression.none()));
        var members = TarFiles.read(plain);
        byte[] image = ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                        + "\"manifests\":[]}")
                .getBytes(UTF_8);
        Digest added = Digest.sha256(image);
        members.put("artifacts/layout/blobs/sha256/" + added.hex(), image);
        members.computeIfPresent(
                "artifacts/layout/index.json",
                (name, index) -> new String(index, UTF_8)
                        .replace(
                                "\"manifests\":[",
                                "\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"digest\":\""
                                        + added + "\",\"size\":" + image.length + "},")
                        .getBytes(UTF_8));
        members.keySet().removeIf(name -> name.endsWith("/"));
        try (OutputStream out = Files.newOutputStream(altered)) {
            TarFiles.write(out, members);
        }

        assertThat(verify(Location.parse("oci-archive:" + plain)).signed()).isTrue();
        assertThatThrownBy(() -> verify(Location.parse("oci-archive:" + altered)))
                .isInstanceOf(UnsignedException.class)
                .hasMessageContaining(added.toString());
    }
}
