/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a bundle says of an image with what was found; a value that the bundle lacks differs too. */
final class ImageCheck {
    private static final String FILL =
            "Run again with --auto-update-bundle (FixupOptions.withAutoBundleUpdate), which sets the bundle's values to those found.";

    private ImageCheck() {}

    /** @throws FixupException if digest, size or media type differ; the message holds all differences */
    static void requireSame(BundleImage image, Descriptor found) {
        BaseImage base = image.base();
        List<String> differences = new ArrayList<>();
        compare("contentDigest", base.contentDigest(), found.digest().toString(), differences);
        compare("size", base.size() == null ? null : base.size().toString(), Long.toString(found.size()), differences);
        compare("mediaType", base.mediaType(), found.mediaType().value(), differences);
        if (!differences.isEmpty()) {
            throw new FixupException(
                    ErrorCode.IMAGE_DIFFERS,
                    base.image(),
                    image.place() + " " + Excerpt.quoted(base.image()) + " differs from the bundle: "
                            + String.join("; ", differences),
                    FILL,
                    List.of());
        }
    }

    /** @throws FixupException if the bundle gives the image another digest than its index */
    static void requireNoOther(BundleImage image, Digest found) {
        String stated = image.base().contentDigest();
        if (stated != null && !stated.equals(found.toString())) {
            throw new FixupException(
                    ErrorCode.IMAGE_DIFFERS,
                    image.base().image(),
                    image.place() + " " + Excerpt.quoted(image.base().image()) + " is " + Excerpt.quoted(stated)
                            + " in the bundle and " + found + " in its index",
                    "Push the bundle again: its index names other images than it has.",
                    List.of());
        }
    }

    private static void compare(String what, @Nullable String stated, String found, List<String> differences) {
        if (stated == null) {
            differences.add(what + " is missing, found " + found);
        } else if (!stated.equals(found)) {
            differences.add(what + " is " + Excerpt.quoted(stated) + ", found " + found);
        }
    }
}
