/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sigstore bundle, version 0.3, by a key: a DSSE envelope around an in-toto statement (version 1) whose subject is the digest of a
 * manifest.
 */
public final class SigstoreBundle {
    /** Of the layer that holds the bundle, and the artifact type of the manifest around it. */
    public static final MediaType MEDIA_TYPE = new MediaType("application/vnd.dev.sigstore.bundle.v0.3+json");

    /** The predicate of a statement that says nothing but that something was signed. */
    static final String PREDICATE = "https://sigstore.dev/cosign/sign/v1";

    /** Most bytes of a bundle that is read. */
    public static final int LARGEST = 4 << 20;

    /** Bundles have one signature; each that is looked at costs a hash over the whole statement. */
    private static final int MOST_SIGNATURES = 16;

    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final String STATEMENT = "https://in-toto.io/Statement/v1";

    private SigstoreBundle() {}

    /** A new signature. */
    public static byte[] sign(Digest digest, Map<String, String> claims, SigningKey key) {
        byte[] statement = statement(digest, claims);
        byte[] signature = key.sign(encoded(PAYLOAD_TYPE, statement));
        Base64.Encoder base64 = Base64.getEncoder();
        return GoJson.write(JsonObject.builder()
                .put("mediaType", MEDIA_TYPE.value())
                .put(
                        "verificationMaterial",
                        JsonObject.of(Map.of(
                                "publicKey",
                                JsonObject.ofStrings(
                                        Map.of("hint", key.verificationKey().hint())))))
                .put(
                        "dsseEnvelope",
                        JsonObject.builder()
                                .put("payload", base64.encodeToString(statement))
                                .put("payloadType", PAYLOAD_TYPE)
                                .put(
                                        "signatures",
                                        new JsonArray(List.of(
                                                JsonObject.ofStrings(Map.of("sig", base64.encodeToString(signature))))))
                                .build())
                .build());
    }

    private static byte[] statement(Digest digest, Map<String, String> claims) {
        JsonObject subject = JsonObject.builder()
                .put("digest", JsonObject.ofStrings(Map.of(digest.algorithm().prefix(), digest.hex())))
                .put("annotations", JsonObject.ofStrings(claims))
                .build();
        return GoJson.write(JsonObject.builder()
                .put("_type", STATEMENT)
                .put("subject", new JsonArray(List.of(subject)))
                .put("predicateType", PREDICATE)
                .put("predicate", JsonObject.empty())
                .build());
    }

    /** Whether one of its signatures is by this key, over a statement that is about this digest and says what is claimed. */
    public static boolean holds(byte[] bundle, Digest digest, Map<String, String> claims, VerificationKey key) {
        try {
            JsonObject document = JsonReader.readObject(bundle, JsonLimits.MANIFEST.withMaxBytes(LARGEST));
            Optional<JsonObject> envelope = document.object("dsseEnvelope");
            String type = envelope.flatMap(part -> part.string("payloadType")).orElse("");
            byte[] payload = decoded(envelope.flatMap(part -> part.string("payload")));
            JsonArray signatures =
                    envelope.flatMap(part -> part.array("signatures")).orElse(JsonArray.empty());
            if (signatures.size() > MOST_SIGNATURES) {
                return false;
            }
            boolean signed = false;
            for (JsonValue entry : signatures) {
                Optional<String> signature =
                        entry instanceof JsonObject object ? object.string("sig") : Optional.empty();
                signed |= key.verifies(encoded(type, payload), decoded(signature));
            }
            return signed && type.equals(PAYLOAD_TYPE) && says(payload, digest, claims);
        } catch (InvalidInputException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static byte[] decoded(Optional<String> base64) {
        return Base64.getDecoder().decode(base64.orElse(""));
    }

    private static boolean says(byte[] payload, Digest digest, Map<String, String> claims) {
        JsonObject statement = JsonReader.readObject(payload, JsonLimits.MANIFEST.withMaxBytes(LARGEST));
        if (!statement.string("_type").filter(STATEMENT::equals).isPresent()
                || !statement.string("predicateType").filter(PREDICATE::equals).isPresent()) {
            return false;
        }
        for (JsonValue entry : statement.array("subject").orElse(JsonArray.empty())) {
            if (entry instanceof JsonObject subject && isAbout(subject, digest) && claims(subject, claims)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAbout(JsonObject subject, Digest digest) {
        return subject.object("digest")
                .flatMap(digests -> digests.string(digest.algorithm().prefix()))
                .filter(digest.hex()::equals)
                .isPresent();
    }

    private static boolean claims(JsonObject subject, Map<String, String> claims) {
        JsonObject said = subject.object("annotations").orElse(JsonObject.empty());
        return claims.entrySet().stream()
                .allMatch(claim -> said.string(claim.getKey())
                        .filter(claim.getValue()::equals)
                        .isPresent());
    }

    /** What DSSE signs (its pre-authentication encoding): the payload with its type, each after its length. */
    static byte[] encoded(String type, byte[] payload) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + typeBytes.length + " " + type + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }
}
