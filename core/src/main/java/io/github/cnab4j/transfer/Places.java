/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.StoreId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where this run knows blobs to be, so that a registry can mount them. Guarded by the session's lock. */
final class Places {
    private static final int MOST_CANDIDATES = 3;

    private final Map<Digest, Set<StoreId>> known = new HashMap<>();

    void add(Digest blob, StoreId place) {
        known.computeIfAbsent(blob, key -> new LinkedHashSet<>()).add(place);
    }

    /** Other repositories of the target's registry that hold the node's blob: its sources first. */
    List<StoreId> mountable(Node node) {
        StoreId target = node.target().id();
        Set<StoreId> candidates = new LinkedHashSet<>();
        node.origins().forEach(origin -> candidates.add(origin.id()));
        candidates.addAll(known.getOrDefault(node.descriptor().digest(), Set.of()));
        candidates.removeIf(place -> !place.sharesBlobsWith(target) || place.equals(target));
        return candidates.stream().limit(MOST_CANDIDATES).toList();
    }
}
