/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** An image for one platform. */
public record GeneratedImage(Content manifest, Content config, List<Content> layers, TargetPlatform platform)
        implements Generated {
    @Override
    public List<Content> blobs() {
        LinkedHashSet<Content> blobs = new LinkedHashSet<>(layers);
        blobs.add(config);
        return new ArrayList<>(blobs);
    }

    @Override
    public List<Content> manifests() {
        return List.of(manifest);
    }
}
