/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image that holds simple signatures, one layer each, as cosign stores it under the tag {@link SignatureTags#signature}. Its
 * configuration says nothing that anybody reads, but has to be there.
 */
public final class SignatureImage {
    /** Annotation of a layer: the signature over its content, in Base64. */
    public static final String SIGNATURE = "dev.cosignproject.cosign/signature";

    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private final byte[] config;
    private final byte[] manifest;

    private SignatureImage(byte[] config, byte[] manifest) {
        this.config = config;
        this.manifest = manifest;
    }

    /** The configuration's bytes; they must not be changed. */
    public byte[] config() {
        return config;
    }

    /** The manifest's bytes; they must not be changed. */
    public byte[] manifest() {
        return manifest;
    }

    /**
     * The image with one signature more.
     *
     * @param present the image that is there, if there is one; its layers stay as they are
     * @param payload what was signed
     * @param signature the signature over it, in Base64
     */
    public static SignatureImage with(@Nullable ImageManifest present, byte[] payload, String signature) {
        Descriptor added = Descriptor.of(SimpleSigning.MEDIA_TYPE, payload);
        List<JsonValue> layers = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        if (present != null) {
            present.json().array("layers").orElse(JsonArray.empty()).forEach(layers::add);
            present.layers().stream()
                    .map(Descriptor::digest)
                    .map(Digest::toString)
                    .forEach(digests::add);
        }
        layers.add(pointer(added)
                .with(
                        "annotations",
                        JsonObject.builder().put(SIGNATURE, signature).build()));
        digests.add(added.digest().toString());
        byte[] config = config(digests);
        byte[] manifest = GoJson.write(JsonObject.builder()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("config", pointer(Descriptor.of(MediaType.OCI_CONFIG, config)))
                .put("layers", new JsonArray(layers))
                .build());
        return new SignatureImage(config, manifest);
    }

    private static byte[] config(List<String> digests) {
        JsonValue entry = JsonObject.builder().put("created", NO_TIME).build();
        return GoJson.write(JsonObject.builder()
                .put("architecture", "")
                .put("created", NO_TIME)
                .put("history", new JsonArray(Collections.nCopies(digests.size(), entry)))
                .put("os", "")
                .put(
                        "rootfs",
                        JsonObject.builder()
                                .put("type", "layers")
                                .put("diff_ids", JsonArray.ofStrings(digests))
                                .build())
                .put("config", JsonObject.empty())
                .build());
    }

    /** In the order of members that cosign writes. */
    static JsonObject pointer(Descriptor descriptor) {
        return JsonObject.builder()
                .put("mediaType", descriptor.mediaType().value())
                .put("size", descriptor.size())
                .put("digest", descriptor.digest().toString())
                .build();
    }
}
