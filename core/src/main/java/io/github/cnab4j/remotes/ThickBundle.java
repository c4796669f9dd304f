/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForms;
import io.github.cnab4j.converter.ManifestOption;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.reference.Repository;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a thick bundle (CNAB 104) beside its images. */
final class ThickBundle {
    static final String BUNDLE = "bundle.json";
    static final String RELOCATION_MAP = "relocation-mapping.json";

    private static final Location ANYWHERE =
            new RegistryLocation(new Reference(new Repository("localhost", "bundle"), null, null));

    /** The second is what older tools wrote. */
    private static final List<String> BUNDLES = List.of(BUNDLE, "bundle.cnab");

    private final Context context;
    private final ArchiveLocation archive;

    ThickBundle(Context context, ArchiveLocation archive) {
        this.context = context;
        this.archive = archive;
    }

    /** Whether the archive is a thick bundle at all. */
    boolean isThere() {
        return BUNDLES.stream().anyMatch(name -> member(name).isPresent());
    }

    Bundle bundle() {
        for (String name : BUNDLES) {
            Optional<byte[]> content = member(name);
            if (content.isPresent()) {
                try {
                    return Bundle.parse(content.get());
                } catch (InvalidInputException unreadable) {
                    throw unusable(name, unreadable);
                }
            }
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_ARCHIVE,
                "archive " + archive.file() + " is no thick bundle: it has no " + BUNDLE,
                "An archive of images alone is copied with copy " + archive.repositoryOnly() + ":TAG.");
    }

    /** Where the bundle's images are in the layout; without the file, or with none in it, under their own names. */
    RelocationMap relocationMap() {
        Optional<byte[]> content = member(RELOCATION_MAP);
        if (content.isEmpty() || new String(content.get(), UTF_8).strip().equals("null")) {
            return RelocationMap.empty();
        }
        try {
            return RelocationMap.parse(content.get());
        } catch (InvalidInputException unreadable) {
            throw unusable(RELOCATION_MAP, unreadable);
        }
    }

    /**
     * An image of the bundle.
     *
     * @throws FixupException if the archive does not hold it, or has another one than the bundle says
     */
    Descriptor image(BundleImage use, RelocationMap relocationMap) {
        String image = use.base().image();
        Descriptor found = inLayout(relocationMap.find(image).orElse(image))
                .orElseThrow(() -> new FixupException(
                        ErrorCode.IMAGE_NOT_FOUND,
                        image,
                        "archive " + archive.file() + " does not hold the " + use.place() + " " + Excerpt.quoted(image),
                        "A thick bundle holds all its images (CNAB 104): make the archive again.",
                        List.of()));
        requireDigest(use, found);
        return found;
    }

    /** The image that the layout holds under this name. */
    Optional<Descriptor> inLayout(String name) {
        return context.stores().imageIn(context.scope(), new ImageSource.Layout(archive), name);
    }

    /** What the bundle says of an image counts for the archive too, whoever made it. */
    private void requireDigest(BundleImage use, Descriptor found) {
        String stated = use.base().contentDigest();
        if (stated != null && !stated.equals(found.digest().toString())) {
            throw new FixupException(
                    ErrorCode.IMAGE_DIFFERS,
                    use.base().image(),
                    use.place() + " " + Excerpt.quoted(use.base().image()) + " is " + stated
                            + " in the bundle, and archive " + archive.file() + " holds " + found.digest(),
                    "The archive is not what its bundle describes: do not trust it.",
                    List.of());
        }
    }

    /**
     * The digest of the index that publishing this bundle makes, in the preferred form, wherever it goes.
     *
     * @param found the images, by where they stand in the bundle
     */
    static Digest index(Bundle bundle, Map<BundleImage, Descriptor> found) {
        Map<Integer, BaseImage> invocation = new HashMap<>();
        Map<String, BaseImage> components = new HashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        found.forEach((use, image) -> {
            BaseImage described = use.base().describedBy(image);
            if (use.component() == null) {
                invocation.put(use.position(), described);
            } else {
                components.put(use.component(), described);
            }
            places.put(use.base().image(), ANYWHERE.withDigest(image.digest()).toString());
        });
        return BundleForms.prepare(
                        isComplete(found.keySet()) ? bundle : bundle.withImages(invocation, components),
                        new RelocationMap(places),
                        ANYWHERE,
                        ManifestOption.NONE)
                .preferred()
                .index()
                .descriptor()
                .digest();
    }

    /** Whether the bundle says of each of its images all that an index does. */
    static boolean isComplete(Collection<BundleImage> images) {
        return images.stream()
                .map(BundleImage::base)
                .allMatch(image -> image.contentDigest() != null && image.size() != null && image.mediaType() != null);
    }

    private Optional<byte[]> member(String name) {
        return context.stores().member(context.scope(), archive, name, JsonLimits.BUNDLE.maxBytes());
    }

    private InvalidInputException unusable(String name, InvalidInputException cause) {
        return new InvalidInputException(
                cause.code(),
                name + " in archive " + archive.file() + " cannot be used: " + cause.getMessage(),
                cause.hint().orElse(null),
                cause);
    }
}
