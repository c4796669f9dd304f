/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One place in a bundle where an image stands.
 *
 * @param component the component's name; null for an invocation image
 * @param position which invocation image; 0 for a component
 * @param base the image
 * @param platforms platforms to keep; empty: all
 */
record BundleImage(@Nullable String component, int position, BaseImage base, List<Platform> platforms) {
    /** The images of a bundle in the order in which they are handled: invocation images, then components by name. */
    static List<BundleImage> of(Bundle bundle, FixupOptions options) {
        List<BundleImage> images = new ArrayList<>();
        for (int i = 0; i < bundle.invocationImages().size(); i++) {
            images.add(new BundleImage(
                    null, i, bundle.invocationImages().get(i).base(), options.invocationImagePlatforms()));
        }
        Map<String, BaseImage> byName = new TreeMap<>();
        bundle.images().forEach((name, image) -> byName.put(name, image.base()));
        byName.forEach((name, image) -> images.add(new BundleImage(name, 0, image, options.componentImagePlatforms())));
        return images;
    }

    /** What people call this place. */
    String place() {
        return component == null ? "invocation image" : "component " + Excerpt.quoted(component);
    }
}
