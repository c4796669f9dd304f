/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A bundle and its images.
 *
 * @param json the text of {@code bundle.json}
 * @param images the invocation image first, then the components
 */
public record GeneratedBundle(String json, List<BundleImage> images) {
    /** {@code bundle.json} in UTF-8. */
    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** The invocation image. */
    public BundleImage invocationImage() {
        return images.get(0);
    }

    /** The component images. */
    public List<BundleImage> components() {
        return images.subList(1, images.size());
    }
}
