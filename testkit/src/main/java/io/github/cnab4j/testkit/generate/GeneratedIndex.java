/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** An OCI index or Docker manifest list. */
public record GeneratedIndex(Content manifest, List<Generated> children) implements Generated {
    @Override
    public List<Content> blobs() {
        return collect(Generated::blobs);
    }

    @Override
    public List<Content> manifests() {
        List<Content> manifests = collect(Generated::manifests);
        manifests.add(manifest);
        return manifests;
    }

    private List<Content> collect(Function<Generated, List<Content>> part) {
        LinkedHashSet<Content> all = new LinkedHashSet<>();
        children.forEach(child -> all.addAll(part.apply(child)));
        return new ArrayList<>(all);
    }
}
