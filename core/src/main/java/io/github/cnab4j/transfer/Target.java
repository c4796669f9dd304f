/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.NodeKey;
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
        /** The registry does not know the repository; it may hold manifests without tags all the same. */
        UNKNOWN_REPOSITORY,
        /** The same, and the first manifest that was looked for is being asked for. */
        SAMPLED,
        EMPTY
    }

    private final WritableStore store;
    private final List<Node> waiting = new ArrayList<>();
    private Knowledge knowledge;
    private TargetAnswer answer = TargetAnswer.NOTHING;

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

    /** Whether nobody asked the store what it is. */
    boolean unasked() {
        return knowledge == Knowledge.NOTHING;
    }

    /** Whether the store was asked what it is, and has answered. */
    boolean answered() {
        return knowledge != Knowledge.NOTHING && knowledge != Knowledge.ASKED;
    }

    /** What the store said; of one that has not answered yet, nothing. */
    TargetAnswer given() {
        return answer;
    }

    /** Whether the store says that there is no such repository. */
    boolean unknownRepository() {
        return answered() && knowledge != Knowledge.IN_USE;
    }

    /** Whether a manifest that was looked for in an unknown repository was not there, as was to be expected. */
    boolean empty() {
        return knowledge == Knowledge.EMPTY;
    }

    /** Whether a manifest is to be looked for although the repository is unknown: true once, until {@link #sampled}. */
    boolean startSample() {
        boolean first = knowledge == Knowledge.UNKNOWN_REPOSITORY;
        if (first) {
            knowledge = Knowledge.SAMPLED;
        }
        return first;
    }

    /** Takes what came of the first manifest that was looked for; the nodes that waited for it go on. */
    List<Node> sampled(boolean present) {
        if (knowledge != Knowledge.SAMPLED) {
            return List.of();
        }
        knowledge = present ? Knowledge.IN_USE : Knowledge.EMPTY;
        return release();
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
    List<Node> answer(TargetAnswer given) {
        if (knowledge == Knowledge.NOTHING || knowledge == Knowledge.ASKED) {
            answer = given;
            Knowledge unused = given.empty() ? Knowledge.EMPTY : Knowledge.UNKNOWN_REPOSITORY;
            knowledge = given.inUse() ? Knowledge.IN_USE : unused;
        }
        return release();
    }

    /** Whether the store has this manifest by what it said; false of one that has to be asked for. */
    boolean holds(NodeKey manifest) {
        return answer.has(manifest);
    }

    /** Whether the store said that a tag leads to this manifest. */
    boolean leadsTo(String tag, NodeKey manifest) {
        return answer.leadsTo(tag, manifest);
    }

    private List<Node> release() {
        List<Node> released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }
}
