/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pointer to content (OCI image specification, "Content Descriptors").
 *
 * @param mediaType type of the content
 * @param digest digest of the content
 * @param size length of the content in bytes
 * @param urls places outside the registry; kept, never followed
 * @param annotations annotations in their order
 * @param platform what the image runs on, in indexes
 * @param artifactType type of the artifact that a manifest holds
 * @param extra members that this record does not know, {@code data} included
 */
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        List<String> urls,
        Map<String, String> annotations,
        @Nullable Platform platform,
        @Nullable String artifactType,
        JsonObject extra) {
    /** The largest size taken: 2^53-1, beyond which JSON readers disagree. */
    public static final long MAX_SIZE = (1L << 53) - 1;

    private static final Set<String> KNOWN =
            Set.of("mediaType", "digest", "size", "urls", "annotations", "platform", "artifactType");

    /** Checks the size and copies the collections. */
    public Descriptor {
        if (size < 0 || size > MAX_SIZE) {
            throw invalid("size " + size + " of " + digest + " is outside 0 to 2^53-1");
        }
        urls = List.copyOf(urls);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /** A descriptor with the three members that every descriptor has. */
    public static Descriptor of(MediaType mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, List.of(), Map.of(), null, null, JsonObject.empty());
    }

    /** The descriptor of {@code content}, by SHA-256. */
    public static Descriptor of(MediaType mediaType, byte[] content) {
        return of(mediaType, Digest.sha256(content), content.length);
    }

    /**
     * Reads a descriptor.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_MANIFEST}) if mediaType, digest or size are missing or invalid,
     *     another known member has a wrong type, or a known member is written in another case
     */
    public static Descriptor fromJson(JsonObject json) {
        return read(Fields.of(json));
    }

    static Descriptor read(Fields fields) {
        fields.refuseOtherCaseOf(KNOWN);
        Fields platform = fields.object("platform");
        return new Descriptor(
                fields.requiredMediaType("mediaType"),
                fields.requiredDigest("digest"),
                fields.requiredSize("size"),
                fields.texts("urls"),
                fields.textMap("annotations"),
                platform == null ? null : Platform.read(platform),
                fields.text("artifactType"),
                unknownMembers(fields.json()));
    }

    /** This descriptor as JSON, members in the order of the specification's Go types, unknown members last. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("mediaType", mediaType.value())
                .put("digest", digest.toString())
                .put("size", size);
        if (!urls.isEmpty()) {
            json.put("urls", JsonArray.ofStrings(urls));
        }
        if (!annotations.isEmpty()) {
            json.put("annotations", JsonObject.ofStrings(annotations));
        }
        if (platform != null) {
            json.put("platform", platform.toJson());
        }
        if (artifactType != null) {
            json.put("artifactType", artifactType);
        }
        extra.members().forEach(json::put);
        return json.build();
    }

    /** This descriptor with other annotations. */
    public Descriptor withAnnotations(Map<String, String> replacement) {
        return new Descriptor(mediaType, digest, size, urls, replacement, platform, artifactType, extra);
    }

    /** The three members that identify the content, without the rest. */
    public Descriptor identity() {
        return of(mediaType, digest, size);
    }

    /**
     * Whether the content is kept outside registries, at {@link #urls}, so that a copy leaves it where it is. It holds for
     * blobs with URLs, whatever their type; a manifest is always copied, and a layer of a foreign type without URLs too,
     * since nobody else has it.
     */
    public boolean isForeign() {
        return !urls.isEmpty() && !mediaType.isManifest();
    }

    /** The node of a content graph that this descriptor points to. */
    public NodeKey key() {
        return new NodeKey(digest, mediaType.isManifest());
    }

    private static JsonObject unknownMembers(JsonObject json) {
        JsonObject.Builder unknown = JsonObject.builder();
        json.members().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                unknown.put(name, value);
            }
        });
        return unknown.build();
    }

    private static InvalidInputException invalid(String what) {
        return new InvalidInputException(ErrorCode.INVALID_MANIFEST, "invalid descriptor: " + what);
    }
}
