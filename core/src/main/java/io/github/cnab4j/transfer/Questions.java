/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.transfer.Node.Presence;

/** What is asked of targets before anything goes there, and what need not be. Guarded by the session's lock. */
final class Questions {
    private final Graph.Orders orders;

    Questions(Graph.Orders orders) {
        this.orders = orders;
    }

    /** Begins to find out whether the target has a manifest; false if that must wait for what is known of the target. */
    boolean findPresence(Node node) {
        Target target = node.target();
        if (target.holds(node.id().key())) {
            node.setPresence(Presence.PRESENT);
            node.tagsToPut().removeIf(tag -> target.leadsTo(tag, node.id().key()));
            return true;
        }
        boolean root = node.depth() == 0;
        if (!(root && target.unasked()) && !targetAnswered(node)) {
            return false;
        }
        if (!target.unknownRepository() || (root && target.startSample())) {
            ask(node);
            return true;
        }
        if (root && !target.empty()) {
            target.waitForAnswer(node);
            return false;
        }
        node.setPresence(Presence.ABSENT);
        return true;
    }

    void ask(Node node) {
        node.setPresence(Presence.ASKED);
        orders.ask(node);
    }

    /** Whether the target was asked what it is; if not, the node goes on when it has answered. */
    boolean targetAnswered(Node node) {
        Target target = node.target();
        if (!target.answered()) {
            target.waitForAnswer(node);
            ask(target);
        }
        return target.answered();
    }

    void ask(Target target) {
        if (target.startAsking()) {
            orders.ask(target);
        }
    }
}
