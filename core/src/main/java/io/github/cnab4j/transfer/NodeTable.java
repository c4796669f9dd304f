/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyEvent.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All nodes of a session, one per target and content, and the limits on what outsiders can make of it. Guarded by the lock. */
final class NodeTable {
    private final int depthLimit;
    private final int nodeLimit;
    private final Map<CopyNode, Node> nodes = new HashMap<>();
    private final Map<StoreId, Target> targets = new HashMap<>();

    NodeTable(int depthLimit, int nodeLimit) {
        this.depthLimit = depthLimit;
        this.nodeLimit = nodeLimit;
    }

    /**
     * The children of a node that was read.
     *
     * @param added those that have to be seen to: they are new, or were thought to be elsewhere
     */
    record Children(List<Node> all, List<Node> added) {}

    /**
     * The node of a root, with the root's source as one of its origins.
     *
     * @throws IntegrityException if the root gives another size than what was met before
     */
    Node ofRoot(CopyRoot root) {
        Target target = target(root.target());
        CopyNode id = new CopyNode(target.id(), root.descriptor().key());
        Node node = nodes.computeIfAbsent(
                id, key -> new Node(key, root.descriptor(), target, root.filter(), root.label(), 0));
        requireSameSize("the root " + root.label(), root.descriptor(), node);
        node.addOrigin(root.source());
        return node;
    }

    Target target(WritableStore store) {
        return targets.computeIfAbsent(store.id(), id -> new Target(store));
    }

    /**
     * The nodes that a parent points to; it waits for those that are open.
     *
     * @throws InvalidInputException if the graph grows beyond a limit
     * @throws IntegrityException if a descriptor gives another size than what was met before
     */
    Children link(Node parent, List<Descriptor> descriptors) {
        List<Node> all = new ArrayList<>(descriptors.size());
        List<Node> added = new ArrayList<>();
        List<Node> revived = new ArrayList<>();
        try {
            for (Descriptor descriptor : descriptors) {
                CopyNode id = new CopyNode(parent.target().id(), descriptor.key());
                Node child = nodes.get(id);
                if (child == null) {
                    child = add(parent, id, descriptor);
                    added.add(child);
                } else if (child.meet(descriptor)) {
                    revived.add(child);
                }
                link(parent, child, descriptor);
                all.add(child);
            }
        } catch (CnabException impossible) {
            added.forEach(child -> nodes.remove(child.id()));
            throw impossible;
        }
        added.addAll(revived);
        return new Children(all, added);
    }

    /** The nodes of a manifest that others brought; it waits for those that are open. */
    void awaitKnown(Node parent, List<Descriptor> descriptors) {
        for (Descriptor descriptor : descriptors) {
            Node child = nodes.get(new CopyNode(parent.target().id(), descriptor.key()));
            if (child != null && child != parent && child.open()) {
                child.addWaiting(parent);
            }
        }
    }

    /** What all nodes came to. */
    CopyReport report(long bytes, Duration elapsed) {
        Map<Result, Integer> counts = new EnumMap<>(Result.class);
        for (Node node : nodes.values()) {
            Result result = node.result();
            if (result != null) {
                counts.merge(result, 1, Integer::sum);
            }
        }
        return new CopyReport(
                counts.getOrDefault(Result.UPLOADED, 0),
                counts.getOrDefault(Result.MOUNTED, 0),
                counts.getOrDefault(Result.PRESENT, 0),
                counts.getOrDefault(Result.FOREIGN, 0),
                bytes,
                elapsed);
    }

    private Node add(Node parent, CopyNode id, Descriptor descriptor) {
        int depth = parent.depth() + 1;
        if (depth > depthLimit) {
            throw limit(parent, "lies deeper than " + depthLimit + " steps below its root");
        }
        if (nodes.size() >= nodeLimit) {
            throw limit(parent, "makes the copy larger than " + nodeLimit + " manifests and blobs");
        }
        Node child = new Node(id, descriptor, parent.target(), parent.filter(), parent.label(), depth);
        nodes.put(id, child);
        return child;
    }

    private static void link(Node parent, Node child, Descriptor descriptor) {
        requireSameSize(parent.descriptor().digest().toString(), descriptor, child);
        // A root says itself where it is.
        if (child.roots().isEmpty()) {
            parent.origins().forEach(child::addOrigin);
        }
        if (child.open()) {
            child.addWaiting(parent);
        }
    }

    private static void requireSameSize(String who, Descriptor said, Node node) {
        if (node.descriptor().size() != said.size()) {
            throw new IntegrityException(
                    "read " + said.digest(),
                    "content mismatch: " + who + " says that " + said.digest() + " has " + said.size()
                            + " bytes, elsewhere it has " + node.descriptor().size());
        }
    }

    private static InvalidInputException limit(Node parent, String what) {
        return new InvalidInputException(
                ErrorCode.LIMIT_EXCEEDED,
                "what " + parent.descriptor().digest() + " in "
                        + parent.origin().id() + " points to " + what);
    }
}
