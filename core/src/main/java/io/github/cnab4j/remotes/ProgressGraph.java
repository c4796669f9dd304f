/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.NodeKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of all images of a bundle as far as it is known. Images share nodes as they share content; each image has its own
 * roots. Safe for use by several threads.
 */
final class ProgressGraph {
    private static final class Node {
        private final Descriptor descriptor;
        private final String owner;
        private final Set<NodeKey> children = new LinkedHashSet<>();
        private String action = "";
        private boolean done;
        private @Nullable CnabException error;

        Node(Descriptor descriptor, String owner) {
            this.descriptor = descriptor;
            this.owner = owner;
        }
    }

    private final Map<NodeKey, Node> nodes = new HashMap<>();
    private final Map<String, Set<NodeKey>> roots = new HashMap<>();

    /** Adds content below a parent, or at the top of the image {@code label}. */
    synchronized void discovered(Descriptor descriptor, @Nullable NodeKey parent, String label) {
        NodeKey key = descriptor.key();
        nodes.computeIfAbsent(key, k -> new Node(descriptor, label));
        Node above = parent == null ? null : nodes.get(parent);
        if (above != null) {
            above.children.add(key);
        } else {
            roots.computeIfAbsent(label, image -> new LinkedHashSet<>()).add(key);
        }
    }

    /** The image through which the content was found first. */
    synchronized Optional<String> owner(NodeKey key) {
        return Optional.ofNullable(nodes.get(key)).map(node -> node.owner);
    }

    synchronized void started(NodeKey key) {
        Node node = nodes.get(key);
        if (node != null) {
            node.action = DescriptorProgressSnapshot.COPY;
            node.done = false;
        }
    }

    synchronized void finished(NodeKey key, String action) {
        Node node = nodes.get(key);
        if (node != null) {
            node.action = action;
            node.done = true;
        }
    }

    synchronized void failed(NodeKey key, CnabException error) {
        Node node = nodes.get(key);
        if (node != null) {
            node.error = error;
        }
    }

    /** The state of one image. */
    synchronized ProgressSnapshot snapshot(String label) {
        Set<NodeKey> expanded = new HashSet<>();
        return new ProgressSnapshot(roots.getOrDefault(label, Set.of()).stream()
                .map(root -> snapshot(root, expanded))
                .toList());
    }

    /** Each node's children are listed once: a graph whose nodes share children would else grow without bound as a tree. */
    private DescriptorProgressSnapshot snapshot(NodeKey key, Set<NodeKey> expanded) {
        Node node = Objects.requireNonNull(nodes.get(key));
        List<DescriptorProgressSnapshot> children = expanded.add(key)
                ? node.children.stream().map(child -> snapshot(child, expanded)).toList()
                : List.of();
        return new DescriptorProgressSnapshot(node.descriptor, node.done, node.action, node.error, children);
    }
}
