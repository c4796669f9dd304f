/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All places of a bundle where one image stands. A relocation map has one entry for a name, so one name is looked up once and
 * must mean one content.
 *
 * @param image the name that the bundle gives
 * @param uses the places, at least one, in the bundle's order
 */
record ImageGroup(String image, List<BundleImage> uses) {
    ImageGroup {
        uses = List.copyOf(uses);
    }

    /** The groups in the order of their first place. */
    static List<ImageGroup> of(List<BundleImage> images) {
        Map<String, List<BundleImage>> byName = new LinkedHashMap<>();
        images.forEach(image -> byName.computeIfAbsent(image.base().image(), name -> new ArrayList<>())
                .add(image));
        List<ImageGroup> groups = new ArrayList<>();
        byName.forEach((name, uses) -> groups.add(new ImageGroup(name, uses)));
        return groups;
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageGroup group && image.equals(group.image) && uses.equals(group.uses);
    }

    @Override
    public int hashCode() {
        return image.hashCode();
    }

    /** The name for messages; the digest where there is no name. */
    String shown() {
        String digest = uses.get(0).base().contentDigest();
        return image.isEmpty() && digest != null ? "@" + digest : image;
    }

    /** The image as the bundle describes it, if it says enough. */
    Optional<Descriptor> described() {
        BaseImage base = uses.get(0).base();
        Long size = base.size();
        if (base.mediaType() == null || base.contentDigest() == null || size == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Descriptor.of(new MediaType(base.mediaType()), Digest.parse(base.contentDigest()), size));
        } catch (InvalidInputException noDigest) {
            return Optional.empty();
        }
    }

    static FixupException conflict(String image, String one, String other) {
        return new FixupException(
                ErrorCode.IMAGE_CONFLICT,
                image,
                "the bundle uses the image name " + Excerpt.quoted(image) + " for two different contents, " + one
                        + " and " + other,
                "A relocation map has one place for a name: give the images different names.",
                List.of());
    }
}
