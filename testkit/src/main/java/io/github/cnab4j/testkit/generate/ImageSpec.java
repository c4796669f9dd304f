/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.util.List;

/**
 * What an image should be like. Immutable.
 *
 * @param base layers that come first, as of another image
 * @param layers how many layers of its own it has
 * @param layerBytes about how large each of them is; a layer has some 1.6 kB around its content
 */
public record ImageSpec(ImageFormat format, TargetPlatform platform, List<Content> base, int layers, int layerBytes) {
    /** A small OCI image: linux/amd64, two layers of 2 kB. */
    public static ImageSpec small() {
        return new ImageSpec(ImageFormat.OCI, TargetPlatform.LINUX_AMD64, List.of(), 2, 2048);
    }

    /** The same in another format. */
    public ImageSpec withFormat(ImageFormat other) {
        return new ImageSpec(other, platform, base, layers, layerBytes);
    }

    /** The same for another platform. */
    public ImageSpec withPlatform(TargetPlatform other) {
        return new ImageSpec(format, other, base, layers, layerBytes);
    }

    /** The same on top of other layers. */
    public ImageSpec withBase(List<Content> other) {
        return new ImageSpec(format, platform, List.copyOf(other), layers, layerBytes);
    }

    /** The same with other layers of its own. */
    public ImageSpec withLayers(int count, int bytes) {
        return new ImageSpec(format, platform, base, count, bytes);
    }
}
