/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The manifest that refers to a signed one (OCI image specification 1.1, {@code subject}) and holds a sigstore bundle. */
public final class SignatureReferrer {
    private static final MediaType EMPTY_TYPE = new MediaType("application/vnd.oci.empty.v1+json");

    private SignatureReferrer() {}

    /** The content of a configuration that says nothing. */
    public static byte[] configuration() {
        return "{}".getBytes(StandardCharsets.US_ASCII);
    }

    /** The descriptor of {@link #configuration()}. */
    public static Descriptor config() {
        return Descriptor.of(EMPTY_TYPE, configuration());
    }

    /**
     * The manifest.
     *
     * @param subject what is signed
     * @param bundle the sigstore bundle
     * @param created when it was signed; for people
     */
    public static byte[] manifest(Descriptor subject, byte[] bundle, Instant created) {
        String type = SigstoreBundle.MEDIA_TYPE.value();
        return GoJson.write(JsonObject.builder()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put(
                        "config",
                        SignatureImage.pointer(config()).toBuilder()
                                .put("artifactType", type)
                                .build())
                .put(
                        "layers",
                        new JsonArray(
                                List.of(SignatureImage.pointer(Descriptor.of(SigstoreBundle.MEDIA_TYPE, bundle)))))
                .put(
                        "annotations",
                        JsonObject.builder()
                                .put("dev.sigstore.bundle.content", "dsse-envelope")
                                .put("dev.sigstore.bundle.predicateType", SigstoreBundle.PREDICATE)
                                .put(
                                        "org.opencontainers.image.created",
                                        created.truncatedTo(ChronoUnit.SECONDS).toString())
                                .build())
                .put("subject", SignatureImage.pointer(subject))
                .put("artifactType", type)
                .build());
    }
}
