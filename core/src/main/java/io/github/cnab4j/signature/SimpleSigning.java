/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What cosign's simple signing signs: a text that names the digest of a manifest. The exact bytes are signed, so they are kept as they
 * are.
 */
public final class SimpleSigning {
    /** Of the layer that holds the text. */
    public static final MediaType MEDIA_TYPE = new MediaType("application/vnd.dev.cosign.simplesigning.v1+json");

    /** Most bytes of a text that is read. */
    public static final int LARGEST = 1 << 20;

    private static final String TYPE = "cosign container image signature";

    private SimpleSigning() {}

    /**
     * The text to sign.
     *
     * @param repository the signed manifest's repository in full, for people: nobody relies on it
     * @param claims what else the signer says
     */
    public static byte[] payload(Digest digest, String repository, Map<String, String> claims) {
        return GoJson.write(JsonObject.builder()
                .put(
                        "critical",
                        JsonObject.builder()
                                .put("identity", JsonObject.ofStrings(Map.of("docker-reference", repository)))
                                .put("image", JsonObject.ofStrings(Map.of("docker-manifest-digest", digest.toString())))
                                .put("type", TYPE)
                                .build())
                .put("optional", claims.isEmpty() ? JsonNull.NULL : JsonObject.ofStrings(claims))
                .build());
    }

    /**
     * Whether a signature over a text is by this key, and the text is about this digest and says what is claimed.
     *
     * @param signature in Base64
     */
    public static boolean holds(
            byte[] payload, String signature, Digest digest, Map<String, String> claims, VerificationKey key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        return key.verifies(payload, bytes) && says(payload, digest, claims);
    }

    private static boolean says(byte[] payload, Digest digest, Map<String, String> claims) {
        JsonObject text;
        try {
            text = JsonReader.readObject(payload, JsonLimits.MANIFEST.withMaxBytes(LARGEST));
        } catch (InvalidInputException unreadable) {
            return false;
        }
        Optional<JsonObject> critical = text.object("critical");
        boolean same = critical.flatMap(part -> part.string("type"))
                        .filter(TYPE::equals)
                        .isPresent()
                && critical.flatMap(part -> part.object("image"))
                        .flatMap(image -> image.string("docker-manifest-digest"))
                        .filter(digest.toString()::equals)
                        .isPresent();
        JsonObject optional = text.object("optional").orElse(JsonObject.empty());
        return same
                && claims.entrySet().stream()
                        .allMatch(claim -> new JsonString(claim.getValue()).equals(optional.get(claim.getKey())));
    }
}
