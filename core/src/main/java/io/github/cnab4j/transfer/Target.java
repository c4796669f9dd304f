/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import java.util.ArrayList;
import java.util.List;

/** A store that nodes go to, and what is known of it as a whole. Guarded by the session's lock. */
final class Target {
    private enum Knowledge {
        NOTHING,
        ASKED,
        IN_USE,
        UNKNOWN_REPOSITORY
    }

    private final WritableStore store;
    private final List<Node> waiting = new ArrayList<>();
    private Knowledge knowledge;

    Target(WritableStore store) {
        this.store = store;
        this.knowledge = store.id().host().isEmpty() ? Knowledge.IN_USE : Knowledge.NOTHING;
    }

    WritableStore store() {
        return store;
    }

    StoreId id() {
        return store.id();
    }

    /** Whether the store was asked what it is, and has answered. */
    boolean answered() {
        return knowledge == Knowledge.IN_USE || knowledge == Knowledge.UNKNOWN_REPOSITORY;
    }

    /** Whether the store says that there is no such repository. */
    boolean unknownRepository() {
        return knowledge == Knowledge.UNKNOWN_REPOSITORY;
    }

    /** Has a node go on when the store has answered. */
    void waitForAnswer(Node node) {
        waiting.add(node);
    }

    /** Whether the store must be asked what it is: true once. */
    boolean startAsking() {
        boolean first = knowledge == Knowledge.NOTHING;
        if (first) {
            knowledge = Knowledge.ASKED;
        }
        return first;
    }

    /** Takes the answer; the nodes that waited for it go on. */
    List<Node> answer(boolean unknownRepository) {
        knowledge = unknownRepository ? Knowledge.UNKNOWN_REPOSITORY : Knowledge.IN_USE;
        List<Node> released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }
}
