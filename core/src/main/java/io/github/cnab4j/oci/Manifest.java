/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest or an index: a node of a content graph that points to others (OCI image specification, "Image Manifest" and
 * "Image Index"; Docker's schema 2 manifests and manifest lists are the same for a reader). Implementations are immutable.
 */
public sealed interface Manifest permits ImageManifest, IndexManifest {
    /** The type under which the document was read. */
    MediaType mediaType();

    /** The document as it was read, unknown members and their order included. */
    JsonObject json();

    /**
     * The manifest that this one refers to, such as the image that a signature is for. It is no successor: a registry takes a
     * manifest whose subject it does not have.
     */
    @Nullable
    Descriptor subject();

    /** The type of the artifact, or null if the document does not say. */
    @Nullable
    String artifactType();

    /** Annotations in their order. */
    Map<String, String> annotations();

    /**
     * What this document points to and what must be at a target before it: the configuration, then the layers in their order,
     * or the entries of an index in their order. What is there twice (same digest, size and kind) is given once, at its first
     * place. Foreign content is included; {@link Descriptor#isForeign()} tells.
     */
    List<Descriptor> successors();

    /**
     * Reads a document under the media type that a descriptor or a registry declared for it. The bytes are those that were
     * verified; nothing else may be read as this document.
     *
     * <p>Refused is whatever two readers could understand differently (CVE-2021-41190): an index with a configuration or
     * layers, a manifest with entries, a member {@code mediaType} other than {@code declared}, known members in another case.
     * Unknown members are kept, unknown media types of what it points to are legal, {@code mediaType} may be missing, and
     * lists may be empty or {@code null}.
     *
     * @param declared one of the four types of manifests and indexes
     * @param content the whole document, at most {@link io.github.cnab4j.json.JsonLimits#MANIFEST}
     * @throws InvalidInputException {@link ErrorCode#INVALID_MANIFEST} with the document's digest and the member's path, or
     *     {@link ErrorCode#LIMIT_EXCEEDED}
     */
    static Manifest parse(MediaType declared, byte[] content) {
        return ManifestReader.read(declared, content);
    }

    /**
     * The media type of a document whose registry does not tell it: what its {@code mediaType} says, else an OCI index or OCI
     * manifest by its members. The result can be used with {@link #parse}.
     *
     * @throws InvalidInputException as {@link #parse}, also if the document is neither a manifest nor an index
     */
    static MediaType detect(byte[] content) {
        return ManifestReader.detect(content);
    }
}
