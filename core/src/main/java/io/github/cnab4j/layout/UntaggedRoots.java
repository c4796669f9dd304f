/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The manifests that one store pushed by digest alone and that no index it pushed lists. Safe for use by several threads. */
final class UntaggedRoots {
    private final Map<Digest, Descriptor> roots = new LinkedHashMap<>();
    private final Set<Digest> listed = new HashSet<>();

    synchronized void pushed(Descriptor manifest) {
        if (!listed.contains(manifest.digest())) {
            roots.put(manifest.digest(), manifest.identity());
        }
    }

    synchronized void lists(List<Digest> children) {
        listed.addAll(children);
        children.forEach(roots::remove);
    }

    /** Hands over what has come together, in the order of the pushes, and starts again. */
    synchronized List<Descriptor> take() {
        List<Descriptor> taken = List.copyOf(roots.values());
        roots.clear();
        return taken;
    }
}
