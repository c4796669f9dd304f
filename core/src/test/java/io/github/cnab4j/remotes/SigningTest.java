/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.UnsignedException;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures in stores: put, found, carried along by copies; and content that is checked where it is. */
class SigningTest {
    private static final JsonObject KEYS = Vectors.load("signatures.json").document();
    private static final SigningKey KEY =
            SigningKey.parse(text("privateKey"), () -> text("password").toCharArray());
    private static final VerificationKey PUBLIC = VerificationKey.parse(text("publicKey"));
    private static final VerificationKey OTHER = VerificationKey.parse(text("otherPublicKey"));

    private final TestRegistry registry = TestRegistry.start();
    private final TestRegistry other = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();

    @TempDir
    Path directory;

    private String bundle = "";

    private static String text(String name) {
        return KEYS.string(name).orElseThrow();
    }

    @BeforeEach
    void push() {
        GeneratedBundle generated = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(7), 2);
        registry.load(generated);
        bundle = registry.host() + "/bundle:1.0";
        remotes.fixupAndPush(
                Bundle.parse(generated.bytes()), at(bundle), FixupOptions.defaults(), PushOptions.defaults());
    }

    @AfterEach
    void stop() {
        remotes.close();
        registry.close();
        other.close();
    }

    private static Location at(String location) {
        return Location.parse(location);
    }

    /** As registries that know only the specification's first version. */
    private static void withoutReferrers(TestRegistry registry) {
        registry.inject(RequestPattern.of(Kind.REFERRERS), Fault.status(404));
        registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.withoutHeader("OCI-Subject"));
    }

    private VerifyResult verify(String location, VerificationKey key) {
        return remotes.verify(at(location), VerifyOptions.defaults().withKey(key));
    }

    private SignResult sign(String location) {
        return remotes.sign(at(location), KEY, SignOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signature_isFound_andNotPutTwice(boolean referrers) {
        if (!referrers) {
            withoutReferrers(registry);
        }
        Digest digest =
                Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow());

        SignResult first = sign(bundle);
        int puts = registry.log().count("PUT", Kind.MANIFEST);
        SignResult second = sign(bundle);

        assertThat(first.descriptor().digest()).isEqualTo(digest);
        assertThat(first.added()).isTrue();
        assertThat(second.added()).isFalse();
        assertThat(registry.log().count("PUT", Kind.MANIFEST)).isEqualTo(puts);
        assertThat(registry.repository("bundle").hasManifest(SignatureTags.signature(digest)))
                .isTrue();
        assertThat(registry.repository("bundle").hasManifest(SignatureTags.referrers(digest)))
                .isEqualTo(!referrers);
        assertThat(verify(bundle, PUBLIC).signed()).isTrue();
    }

    private void signAsWhoNeverAsked(Fault put, Fault list) {
        registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), put);
        // The first list is of what there is before the signature.
        registry.inject(RequestPattern.of(Kind.REFERRERS), Occurrence.after(1), list);
        registry.log().clear();
        sign(bundle);
    }

    private boolean hasIndex() {
        Digest digest =
                Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow());
        return registry.repository("bundle").hasManifest(SignatureTags.referrers(digest));
    }

    @Test
    void q74_registryThatSaysThatItListsTheReferrer_isNotAskedForItsList() {
        signAsWhoNeverAsked(Fault.delay(Duration.ZERO), Fault.status(500));

        assertThat(registry.log().count("GET", Kind.REFERRERS)).isEqualTo(1);
        assertThat(hasIndex()).isFalse();
    }

    @Test
    void q74_registryThatSaysNothingAndListsTheReferrer_needsNoIndex() {
        signAsWhoNeverAsked(Fault.withoutHeader("OCI-Subject"), Fault.delay(Duration.ZERO));

        assertThat(registry.log().count("GET", Kind.REFERRERS)).isEqualTo(2);
        assertThat(hasIndex()).isFalse();
    }

    /** A list that is there and does not have what was put is no list of it: as of a registry that lists nothing that is put. */
    @Test
    void q74_registryThatSaysNothingAndDoesNotListTheReferrer_getsAnIndex() {
        Response empty = Response.of(200)
                .with("Content-Type", MediaType.OCI_INDEX.value())
                .withBody(Body.of("{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8)));
        signAsWhoNeverAsked(Fault.withoutHeader("OCI-Subject"), Fault.reply(empty));

        assertThat(hasIndex()).isTrue();
    }

    @Test
    void eitherForm_isEnough() {
        sign(bundle);
        Digest digest =
                Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow());
        withoutReferrers(registry);
        assertThat(verify(bundle, PUBLIC).signed()).isTrue();
        registry.clearFaults();
        registry.inject(
                RequestPattern.of(Kind.MANIFEST)
                        .and(request -> request.path().endsWith(SignatureTags.signature(digest))),
                Fault.status(404));
        try (Remotes fresh = Remotes.builder().build()) {
            assertThat(fresh.verify(at(bundle), VerifyOptions.defaults().withKey(PUBLIC))
                            .signed())
                    .isTrue();
        }
    }

    @Test
    void signatureByAnotherKey_orNone_isToldApart() {
        assertThatThrownBy(() -> verify(bundle, PUBLIC))
                .isInstanceOf(UnsignedException.class)
                .hasMessageContaining("it has no signature");
        sign(bundle);

        assertThatThrownBy(() -> verify(bundle, OTHER))
                .isInstanceOf(UnsignedException.class)
                .hasMessageContaining("none of its 2 signatures is by this key");
    }

    @Test
    void secondSigner_isAddedToTheFirst() throws Exception {
        SigningKey second = SigningKey.of(newKey());
        sign(bundle);
        remotes.sign(at(bundle), second, SignOptions.defaults().withClaims(Map.of("env", "prod")));

        assertThat(verify(bundle, PUBLIC).signed()).isTrue();
        assertThat(verify(bundle, second.verificationKey()).signed()).isTrue();
        VerifyOptions claimed = VerifyOptions.defaults().withKey(PUBLIC).withClaims(Map.of("env", "prod"));
        assertThatThrownBy(() -> remotes.verify(at(bundle), claimed)).isInstanceOf(UnsignedException.class);
        assertThat(remotes.verify(at(bundle), claimed.withKey(second.verificationKey()))
                        .signed())
                .isTrue();
    }

    private static byte[] newKey() throws Exception {
        java.security.KeyPairGenerator pairs = java.security.KeyPairGenerator.getInstance("EC");
        pairs.initialize(256);
        return pairs.generateKeyPair().getPrivate().getEncoded();
    }

    static Stream<List<Boolean>> registriesWithReferrers() {
        return Stream.of(List.of(true, true), List.of(true, false), List.of(false, true), List.of(false, false));
    }

    @ParameterizedTest
    @MethodSource("registriesWithReferrers")
    void copyOfABundle_bringsItsSignatures_andThoseOfItsImages(List<Boolean> referrers) {
        if (!referrers.get(0)) {
            withoutReferrers(registry);
        }
        if (!referrers.get(1)) {
            withoutReferrers(other);
        }
        String image = registry.repository("app/component-1").manifests().get(0);
        sign(bundle);
        sign(registry.host() + "/bundle@" + image);
        String target = other.host() + "/mirror";

        remotes.copy(at(bundle), at(target + ":2.0"), ArtifactCopyOptions.defaults());
        registry.close();

        assertThat(verify(target + ":2.0", PUBLIC).signed()).isTrue();
        assertThat(verify(target + "@" + image, PUBLIC).signed()).isTrue();
        assertThat(sign(target + "@" + image).added()).isFalse();
    }

    @Test
    void copyWithoutReferrers_bringsNone_andOfAnImageOnlyIfWished() {
        String image = registry.host() + "/bundle@"
                + registry.repository("app/component-1").manifests().get(0);
        sign(bundle);
        sign(image);
        String plain = other.host() + "/plain";

        remotes.copy(
                at(bundle), at(plain + ":1"), ArtifactCopyOptions.defaults().withReferrers(false));
        remotes.copy(at(image), at(other.host() + "/image:1"), ArtifactCopyOptions.defaults());
        remotes.copy(
                at(image),
                at(other.host() + "/signed:1"),
                ArtifactCopyOptions.defaults().withReferrers(true));

        assertThatThrownBy(() -> verify(plain + ":1", PUBLIC)).hasMessageContaining("it has no signature");
        assertThatThrownBy(() -> verify(other.host() + "/image:1", PUBLIC)).hasMessageContaining("it has no signature");
        assertThat(verify(other.host() + "/signed:1", PUBLIC).signed()).isTrue();
    }

    @Test
    void signaturesTravelThroughALayout() {
        sign(bundle);
        String layout = "oci:" + directory.resolve("layout") + ":1.0";

        remotes.copy(at(bundle), at(layout), ArtifactCopyOptions.defaults());
        assertThat(verify(layout, PUBLIC).signed()).isTrue();
        remotes.copy(at(layout), at(other.host() + "/app:1.0"), ArtifactCopyOptions.defaults());

        assertThat(verify(other.host() + "/app:1.0", PUBLIC).signed()).isTrue();
    }

    @Test
    void listedReferrerThatIsGone_isAWarning() {
        withoutReferrers(registry);
        sign(bundle);
        Digest digest =
                Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow());
        byte[] index = registry.repository("bundle").manifest(SignatureTags.referrers(digest));
        String referrer = new String(index, StandardCharsets.UTF_8).replaceAll("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
        registry.repository("bundle").deleteManifest(referrer);

        assertThat(verify(bundle, PUBLIC).signed()).isTrue();
        ArtifactCopyResult copied =
                remotes.copy(at(bundle), at(other.host() + "/app:1.0"), ArtifactCopyOptions.defaults());

        assertThat(copied.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.REFERRER_MISSING);
        assertThat(verify(other.host() + "/app:1.0", PUBLIC).signed()).isTrue();
    }

    /** What others put between our reading of an index of referrers and our putting of it. */
    private void putByOthers(Digest subject, Occurrence occurrence) {
        String tag = SignatureTags.referrers(subject);
        registry.inject(
                RequestPattern.of("PUT", Kind.MANIFEST)
                        .and(request -> request.path().endsWith(tag)),
                occurrence,
                Fault.custom((request, next) -> {
                    Response response = next.handle(request);
                    registry.repository("bundle")
                            .putManifest(
                                    MediaType.OCI_INDEX.value(),
                                    "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8),
                                    tag);
                    return response;
                }));
    }

    @Test
    void indexOfReferrersThatAnotherPutMeanwhile_isPutAgain() {
        withoutReferrers(registry);
        Digest digest =
                Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow());
        putByOthers(digest, Occurrence.first(2));

        sign(bundle);

        assertThat(new String(
                        registry.repository("bundle").manifest(SignatureTags.referrers(digest)),
                        StandardCharsets.UTF_8))
                .contains("sha256:");
    }

    /** Somebody else signs between our reading of the image of signatures and our putting of it, and does not see ours. */
    private void signedByOthers(Digest subject, Occurrence occurrence) {
        String tag = SignatureTags.signature(subject);
        remotes.sign(at(bundle), SigningKey.of(newKeyUnchecked()), SignOptions.defaults());
        byte[] theirs = registry.repository("bundle").manifest(tag);
        registry.inject(
                RequestPattern.of("PUT", Kind.MANIFEST)
                        .and(request -> request.path().endsWith(tag)),
                occurrence,
                Fault.custom((request, next) -> {
                    Response response = next.handle(request);
                    registry.repository("bundle").putManifest(MediaType.OCI_MANIFEST.value(), theirs, tag);
                    return response;
                }));
    }

    private static byte[] newKeyUnchecked() {
        try {
            return newKey();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void signatureThatAnotherSignerHasTakenAway_isPutAgain() {
        Digest digest =
                Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow());
        signedByOthers(digest, Occurrence.first(2));

        sign(bundle);

        String image = new String(
                registry.repository("bundle").manifest(SignatureTags.signature(digest)), StandardCharsets.UTF_8);
        assertThat(image.split("dev.cosignproject.cosign/signature", -1)).hasSize(3);
        withoutReferrers(registry);
        try (Remotes fresh = Remotes.builder().build()) {
            assertThat(fresh.verify(at(bundle), VerifyOptions.defaults().withKey(PUBLIC))
                            .signed())
                    .isTrue();
        }
    }

    @Test
    void signatureThatOthersTakeAwayAgainAndAgain_isAnError() {
        signedByOthers(Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow()), Occurrence.always());

        assertThatThrownBy(() -> sign(bundle))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("was signed by others as often as by us");
    }

    @Test
    void indexOfReferrersThatOthersPutAgainAndAgain_isAnError() {
        withoutReferrers(registry);
        putByOthers(Digest.parse(registry.repository("bundle").resolve("1.0").orElseThrow()), Occurrence.always());

        assertThatThrownBy(() -> sign(bundle))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("was put by others as often as by us");
    }

    @Test
    void verify_readsEveryByteOfTheGraph() throws Exception {
        Path layout = directory.resolve("layout");
        String location = "oci:" + layout + ":1.0";
        remotes.copy(at(bundle), at(location), ArtifactCopyOptions.defaults());
        long bytes = 0;
        List<Path> blobs;
        try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
            blobs = files.toList();
        }
        for (Path blob : blobs) {
            bytes += Files.size(blob);
        }

        VerifyResult whole = remotes.verify(at(location), VerifyOptions.defaults());

        assertThat(whole.contents()).isEqualTo(blobs.size());
        assertThat(whole.bytes()).isEqualTo(bytes);
        assertThat(whole.signed()).isFalse();
        for (Path blob : blobs) {
            byte[] content = Files.readAllBytes(blob);
            byte[] altered = content.clone();
            altered[altered.length / 2] ^= 1;
            Files.write(blob, altered);
            assertThatThrownBy(() -> remotes.verify(at(location), VerifyOptions.defaults()))
                    .isInstanceOfSatisfying(
                            io.github.cnab4j.error.CnabException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONTENT_MISMATCH))
                    .hasMessageContaining("sha256:" + blob.getFileName());
            Files.write(blob, content);
        }
    }

    @Test
    void verify_namesWhatIsMissing() throws Exception {
        Path layout = directory.resolve("layout");
        String location = "oci:" + layout + ":1.0";
        remotes.copy(at(bundle), at(location), ArtifactCopyOptions.defaults());
        Path blob;
        try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
            blob = files.filter(file -> !file.getFileName().toString().isEmpty())
                    .min(java.util.Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
        Files.delete(blob);

        assertThatThrownBy(() -> remotes.verify(at(location), VerifyOptions.defaults()))
                .isInstanceOfAny(CopyException.class, io.github.cnab4j.error.NotFoundException.class)
                .hasMessageContaining("sha256:" + blob.getFileName());
    }
}
