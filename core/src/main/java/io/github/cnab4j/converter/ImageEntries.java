/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.Image;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The entries of a bundle's images in its index: invocation images in their order, then components sorted by name. */
final class ImageEntries {
    private static final String FIXUP_HINT =
            "Fix the bundle up for this target, and push with the map that fixup gives.";

    private final RelocationMap relocationMap;
    private final Location repository;

    ImageEntries(RelocationMap relocationMap, Location target) {
        this.relocationMap = relocationMap;
        this.repository = target.repositoryOnly();
    }

    List<Descriptor> of(Bundle bundle) {
        if (bundle.invocationImages().isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_BUNDLE,
                    "the bundle " + Excerpt.quoted(bundle.name()) + " has no invocation image",
                    "A bundle needs at least one entry in invocationImages.");
        }
        List<Descriptor> entries = new ArrayList<>();
        bundle.invocationImages()
                .forEach(image -> entries.add(
                        entry(image.base(), Map.of(CnabAnnotations.TYPE, CnabAnnotations.TYPE_INVOCATION))));
        Map<String, Image> components = new TreeMap<>(Utf8Order.COMPARATOR);
        components.putAll(bundle.images());
        components.forEach((name, image) -> entries.add(entry(
                image.base(),
                Map.of(CnabAnnotations.TYPE, CnabAnnotations.TYPE_COMPONENT, CnabAnnotations.COMPONENT, name))));
        return entries;
    }

    private Descriptor entry(BaseImage image, Map<String, String> annotations) {
        Digest digest = relocated(image.image());
        MediaType mediaType = mediaType(image);
        if (image.size() == null) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_BUNDLE,
                    "the size of image " + Excerpt.quoted(image.image()) + " is not set",
                    "Fix the bundle up with --auto-update-bundle, which fills it in.");
        }
        return Descriptor.of(mediaType, digest, image.size()).withAnnotations(annotations);
    }

    private Digest relocated(String image) {
        String place = relocationMap
                .find(image)
                .orElseThrow(() -> invalid("image " + Excerpt.quoted(image) + " is not in the relocation map"));
        Location location = location(image, place);
        Digest digest = location.digest();
        if (digest == null) {
            throw invalid(mapped(image, place) + ", which has no digest");
        }
        if (!location.repositoryOnly().equals(repository)) {
            throw invalid(mapped(image, place) + ", which is not in the repository of the target, " + repository);
        }
        return digest;
    }

    private static Location location(String image, String place) {
        try {
            return Location.parse(place);
        } catch (InvalidInputException why) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_RELOCATION_MAP,
                    mapped(image, place) + ", which is no location: " + why.getMessage(),
                    FIXUP_HINT,
                    why);
        }
    }

    private static MediaType mediaType(BaseImage image) {
        String stated = image.mediaType();
        if (stated == null) {
            return switch (image.imageType()) {
                case "docker" -> MediaType.DOCKER_MANIFEST;
                case "oci" -> MediaType.OCI_MANIFEST;
                default -> throw unsupported(image, "image type " + Excerpt.quoted(image.imageType()));
            };
        }
        MediaType mediaType = new MediaType(stated);
        if (!mediaType.isManifest()) {
            throw unsupported(image, "media type " + Excerpt.quoted(stated));
        }
        return mediaType;
    }

    private static FixupException unsupported(BaseImage image, String what) {
        return new FixupException(
                ErrorCode.IMAGE_UNSUPPORTED,
                image.image(),
                "image " + Excerpt.quoted(image.image()) + " has " + what + ", which an index cannot hold",
                "Fix the bundle up with --auto-update-bundle, which sets the media type to what the registry says.",
                List.of());
    }

    private static String mapped(String image, String place) {
        return "image " + Excerpt.quoted(image) + " is mapped to " + Excerpt.quoted(place);
    }

    private static InvalidInputException invalid(String message) {
        return new InvalidInputException(ErrorCode.INVALID_RELOCATION_MAP, message, FIXUP_HINT);
    }
}
