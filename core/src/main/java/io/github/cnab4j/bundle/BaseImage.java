/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What invocation images and components have in common. What is empty or 0 in the document counts as absent.
 *
 * @param image name of the image; may be empty
 * @param imageType {@code docker}, {@code oci}, or another text; may be empty
 * @param mediaType media type of the image's manifest or index, as it is written
 * @param contentDigest digest of the image's manifest or index, as it is written
 * @param size length of the image's manifest or index in bytes
 * @param labels labels in their order
 */
public record BaseImage(
        String image,
        String imageType,
        @Nullable String mediaType,
        @Nullable String contentDigest,
        @Nullable Long size,
        Map<String, String> labels) {
    private static final List<String> IMAGE_TYPES = List.of("", "docker", "oci");

    /**
     * Makes what is empty absent, and copies the labels.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_BUNDLE}) if the size is below 0 or above 2^53-1
     */
    public BaseImage {
        if (size != null && (size < 0 || size > Descriptor.MAX_SIZE)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_BUNDLE,
                    "size " + size + " of image " + Excerpt.quoted(image) + " is outside 0 to 2^53-1");
        }
        mediaType = mediaType == null || mediaType.isEmpty() ? null : mediaType;
        contentDigest = contentDigest == null || contentDigest.isEmpty() ? null : contentDigest;
        size = size == null || size == 0 ? null : size;
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** This image as {@code found} describes it: with its digest, size and media type. */
    public BaseImage describedBy(Descriptor found) {
        return new BaseImage(
                image, imageType, found.mediaType().value(), found.digest().toString(), found.size(), labels);
    }

    /**
     * Checks that this is an image that registries hold: the type {@code docker}, {@code oci} or none, and the media type
     * none or one of the four of manifests and indexes.
     *
     * @throws FixupException ({@link ErrorCode#IMAGE_UNSUPPORTED}) if it is not
     */
    public void requireSupported() {
        if (!IMAGE_TYPES.contains(imageType)) {
            throw unsupported("image type " + Excerpt.quoted(imageType), "Image types are docker and oci.");
        }
        if (mediaType != null && !new MediaType(mediaType).isManifest()) {
            throw unsupported(
                    "media type " + Excerpt.quoted(mediaType),
                    "Media types are those of OCI and Docker manifests, indexes and manifest lists.");
        }
    }

    private FixupException unsupported(String what, String hint) {
        return new FixupException(
                ErrorCode.IMAGE_UNSUPPORTED,
                image,
                "image " + Excerpt.quoted(image) + " has " + what + ", which is not supported",
                hint,
                List.of());
    }

    static BaseImage fromJson(JsonObject json) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.object("labels")
                .orElse(JsonObject.empty())
                .members()
                .forEach((name, value) -> labels.put(name, value instanceof JsonString text ? text.value() : ""));
        return new BaseImage(
                json.string("image").orElse(""),
                json.string("imageType").orElse(""),
                json.string("mediaType").orElse(null),
                json.string("contentDigest").orElse(null),
                json.get("size") instanceof JsonNumber number ? number.toLong().orElse(0) : null,
                labels);
    }

    /** {@code json} changed where this image differs from what it says; everything else stays as it is. */
    JsonObject patch(JsonObject json) {
        BaseImage old = fromJson(json);
        JsonObject.Builder patched = json.toBuilder();
        set(patched, "image", old.image, image);
        set(patched, "imageType", old.imageType, imageType);
        set(patched, "mediaType", old.mediaType, mediaType);
        set(patched, "contentDigest", old.contentDigest, contentDigest);
        if (size == null) {
            patched.remove("size");
        } else if (!size.equals(old.size)) {
            patched.put("size", size);
        }
        if (!labels.equals(old.labels)) {
            patched.put("labels", JsonObject.ofStrings(labels));
        }
        return patched.build();
    }

    private static void set(JsonObject.Builder json, String name, @Nullable String old, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            if (old != null && !old.isEmpty()) {
                json.remove(name);
            }
        } else if (!value.equals(old)) {
            json.put(name, value);
        }
    }
}
