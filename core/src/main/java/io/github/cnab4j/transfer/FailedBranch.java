/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CnabException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a failed node takes with it: everything that waits for it. Guarded by the session's lock.
 *
 * @param nearest the roots that fail with it
 * @param followers roots that fail only because one of those does
 */
record FailedBranch(List<Root> nearest, List<Root> followers) {
    /**
     * Fails the branch.
     *
     * @param follows whether a root below the node failed, so that the node merely follows
     * @param ended told each node that fails, before it does
     */
    static FailedBranch fail(Node failed, CnabException why, boolean follows, Consumer<Node> ended) {
        FailedBranch branch = new FailedBranch(new ArrayList<>(), new ArrayList<>());
        record Step(Node node, boolean follows) {}
        Deque<Step> steps = new ArrayDeque<>(List.of(new Step(failed, follows)));
        while (!steps.isEmpty()) {
            Step step = steps.remove();
            Node node = step.node();
            if (!node.open()) {
                continue;
            }
            List<Root> roots =
                    node.roots().stream().filter(root -> !root.ended()).toList();
            (step.follows() ? branch.followers : branch.nearest).addAll(roots);
            boolean above = step.follows() || !roots.isEmpty();
            ended.accept(node);
            node.fail(why, above);
            node.waitingParents().forEach(parent -> steps.add(new Step(parent, above)));
        }
        return branch;
    }
}
