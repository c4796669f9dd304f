/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Descriptors as edges of a content graph. */
final class Successors {
    private Successors() {}

    /** What makes two edges one. A size is part of it, so that a wrong one is found and not hidden by a right one. */
    private record Edge(NodeKey node, long size, boolean foreign) {
        // By hand: ADR 0009.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Edge edge && node.equals(edge.node) && size == edge.size && foreign == edge.foreign;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * node.hashCode() + Long.hashCode(size)) + Boolean.hashCode(foreign);
        }
    }

    /** The descriptors without those that repeat an earlier one. */
    static List<Descriptor> distinct(List<Descriptor> descriptors) {
        Set<Edge> seen = new HashSet<>();
        List<Descriptor> distinct = new ArrayList<>(descriptors.size());
        for (Descriptor descriptor : descriptors) {
            if (seen.add(new Edge(descriptor.key(), descriptor.size(), descriptor.isForeign()))) {
                distinct.add(descriptor);
            }
        }
        return List.copyOf(distinct);
    }
}
