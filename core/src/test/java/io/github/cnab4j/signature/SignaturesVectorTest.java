/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.vectors.Vectors;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Signatures that cosign made, and what it stored. */
class SignaturesVectorTest {
    private final Vectors vectors = Vectors.load("signatures.json");
    private final JsonObject artifacts = vectors.document().object("artifacts").orElseThrow();

    private static String text(JsonObject object, String name) {
        return object.string(name).orElseThrow();
    }

    private VerificationKey key(String name) {
        return VerificationKey.parse(text(vectors.document(), name));
    }

    private SigningKey signingKey() {
        return SigningKey.parse(
                text(vectors.document(), "privateKey"),
                () -> text(vectors.document(), "password").toCharArray());
    }

    private Digest subject() {
        return Digest.parse(text(vectors.document().object("subject").orElseThrow(), "digest"));
    }

    private static Map<String, String> claims(JsonObject vectorCase) {
        Map<String, String> claims = new HashMap<>();
        vectorCase
                .object("claims")
                .orElse(JsonObject.empty())
                .members()
                .forEach((name, value) -> claims.put(name, ((JsonString) value).value()));
        return claims;
    }

    private boolean verified(JsonObject c) {
        Digest digest = Digest.parse(text(c, "digest"));
        VerificationKey key = key(text(c, "key"));
        return switch (text(c, "kind")) {
            case "simpleSigning" ->
                SimpleSigning.holds(text(c, "payload").getBytes(UTF_8), text(c, "signature"), digest, claims(c), key);
            case "sigstoreBundle" -> SigstoreBundle.holds(text(c, "bundle").getBytes(UTF_8), digest, claims(c), key);
            default -> throw new IllegalStateException("an unknown kind");
        };
    }

    @TestFactory
    Stream<DynamicNode> verdicts() {
        return vectors.cases().stream()
                .map(c -> dynamicTest(
                        text(c, "id"),
                        () -> assertThat(new JsonBoolean(verified(c))).isEqualTo(c.get("verified"))));
    }

    private JsonObject theCase(String id) {
        return vectors.cases().stream()
                .filter(c -> text(c, "id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private SignatureImage added(@Nullable ImageManifest present, String id) {
        JsonObject c = theCase(id);
        return SignatureImage.with(present, text(c, "payload").getBytes(UTF_8), text(c, "signature"));
    }

    @Test
    void signatureImage_isThatOfCosign_byteForByte() {
        SignatureImage first = added(null, "sig-ok");
        ImageManifest present = (ImageManifest) Manifest.parse(MediaType.OCI_MANIFEST, first.manifest());

        SignatureImage both = added(present, "sig-ok-claim");

        assertThat(new String(both.config(), UTF_8)).isEqualTo(text(artifacts, "sigConfig"));
        assertThat(new String(both.manifest(), UTF_8)).isEqualTo(text(artifacts, "sigManifest"));
    }

    @Test
    void tags_areThoseOfCosignAndOfTheTagSchema() {
        assertThat(SignatureTags.signature(subject())).isEqualTo(text(artifacts, "sigTag"));
        assertThat(SignatureTags.referrers(subject())).isEqualTo(text(artifacts, "fallbackTag"));
    }

    @Test
    void payload_isThatOfCosign() {
        String repository = "127.0.0.1:5972/demo/bundle";

        assertThat(new String(SimpleSigning.payload(subject(), repository, Map.of()), UTF_8))
                .isEqualTo(text(theCase("sig-ok"), "payload"));
        assertThat(new String(SimpleSigning.payload(subject(), repository, Map.of("env", "prod")), UTF_8))
                .isEqualTo(text(theCase("sig-ok-claim"), "payload"));
    }

    @Test
    void referrer_isThatOfCosign() {
        JsonObject of = vectors.document().object("subject").orElseThrow();
        Descriptor subject = Descriptor.of(
                new MediaType(text(of, "mediaType")),
                subject(),
                text(of, "text").getBytes(UTF_8).length);
        Instant created = Instant.parse("2026-11-23T23:27:20.5Z");

        byte[] manifest = SignatureReferrer.manifest(
                subject, text(artifacts, "sigstoreBundle").getBytes(UTF_8), created);

        assertThat(new String(manifest, UTF_8)).isEqualTo(text(artifacts, "referrerManifest"));
    }

    @Test
    void envelope_signsWhatCosignSigns() {
        assertThat(SigstoreBundle.encoded(
                        "application/vnd.in-toto+json",
                        text(artifacts, "statement").getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo(text(artifacts, "pae"));
    }

    @Test
    void encryptedKey_signsInBothForms_soThatItsPublicHalfVerifies() {
        SigningKey key = signingKey();
        byte[] payload = SimpleSigning.payload(subject(), "registry.example/app", Map.of("env", "prod"));
        byte[] bundle = SigstoreBundle.sign(subject(), Map.of("env", "prod"), key);
        String signature = java.util.Base64.getEncoder().encodeToString(key.sign(payload));

        assertThat(key.verificationKey()).hasToString(key("publicKey").toString());
        for (Map<String, String> claims : List.of(Map.<String, String>of(), Map.of("env", "prod"))) {
            assertThat(SimpleSigning.holds(payload, signature, subject(), claims, key("publicKey")))
                    .isTrue();
            assertThat(SigstoreBundle.holds(bundle, subject(), claims, key("publicKey")))
                    .isTrue();
        }
        assertThat(SigstoreBundle.holds(bundle, subject(), Map.of("env", "test"), key("publicKey")))
                .isFalse();
        assertThat(SigstoreBundle.holds(bundle, subject(), Map.of(), key("otherPublicKey")))
                .isFalse();
    }

    @Test
    void wrongPassword_isToldFromADamagedKey_byWhatToDo() {
        assertThatThrownBy(() -> SigningKey.parse(text(vectors.document(), "privateKey"), () -> "wrong".toCharArray()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("password is wrong");
    }
}
