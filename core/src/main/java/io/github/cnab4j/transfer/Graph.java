/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyEvent.Result;
import io.github.cnab4j.transfer.Node.Presence;
import io.github.cnab4j.transfer.Node.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The nodes of a session and the rules by which they move on. It does no I/O: it orders work, and is told what came of it.
 * Guarded by the session's lock.
 *
 * <p>A manifest that the target has ends its subtree, unless the copy is deep. Of a root this is asked before it is read; below
 * a manifest that the target lacks it is unlikely, so that reading does not wait for the answer, and in a repository that the
 * registry does not know at all it is not asked, but for one root: some registries know only repositories with tags.
 *
 * <p>A small blob is read into memory before its push: so it holds up no request to the target while its source answers, nor
 * one to the source while the target does.
 */
final class Graph {
    /** Orders work for a node or a target; each order is answered by one of the methods of {@link Graph}. */
    interface Orders {
        void ask(Target target);

        void ask(Node node);

        void read(Node node);

        void push(Node node);
    }

    /** Is told what becomes of nodes and roots. */
    interface Observer {
        void tell(CopyEvent event);

        /** A root is done. */
        void rootDone(Root root);

        /** A node will not be at the target. */
        void failed(Node node, CnabException why, FailedBranch branch);
    }

    private final boolean deep;
    private final Orders orders;
    private final Questions questions;
    private final Observer observer;
    private final NodeTable nodes;
    private final Places places = new Places();
    private final KeptContent kept = new KeptContent();

    Graph(CopyOptions options, Orders orders, Observer observer) {
        this.deep = options.deep();
        this.nodes = new NodeTable(options.depthLimit(), options.nodeLimit());
        this.orders = orders;
        this.questions = new Questions(orders);
        this.observer = observer;
    }

    List<StoreId> mountable(Node node) {
        return places.mountable(node);
    }

    /** What is known of a store that nodes will go to. */
    Target target(WritableStore store) {
        return nodes.target(store);
    }

    /** What all nodes came to. */
    CopyReport report(long bytes, Duration elapsed) {
        return nodes.report(bytes, elapsed);
    }

    /**
     * Adds a root.
     *
     * @throws CnabException if its descriptor contradicts what is known
     */
    void add(Root root) {
        CopyRoot wanted = root.root();
        Node node = nodes.ofRoot(wanted);
        observer.tell(new CopyEvent.RootStarted(wanted.label(), node.id()));
        observer.tell(new CopyEvent.Discovered(node.id(), wanted.descriptor(), null, wanted.label()));
        node.roots().add(root);
        node.tagsToPut().addAll(wanted.tags());
        CnabException failure = node.failure();
        if (failure != null) {
            observer.failed(node, failure, new FailedBranch(List.of(root), List.of()));
            return;
        }
        if (node.result() != null) {
            if (node.tagsToPut().isEmpty()) {
                endRoots(node);
                return;
            }
            node.resume();
        }
        advance(node);
    }

    /** Orders what is next for a node, if it is known what that is. */
    private void advance(Node node) {
        if (!node.open() || node.pushing() || node.waitsForChildren()) {
            return;
        }
        if (node.foreign()) {
            finish(node, Result.FOREIGN);
        } else if (node.manifest()) {
            advanceManifest(node);
        } else {
            advanceBlob(node);
        }
    }

    private void advanceBlob(Node node) {
        if (!questions.targetAnswered(node)) {
            return;
        }
        boolean unknown = node.presence() == Presence.UNKNOWN;
        boolean mountable = !node.forced() && !places.mountable(node).isEmpty();
        if (unknown && node.target().unknownRepository()) {
            node.setPresence(Presence.ABSENT);
        } else if (unknown && !mountable && node.target().store().capabilities().mounts()) {
            questions.ask(node);
        }
        switch (node.presence()) {
            case ASKED -> {}
            case PRESENT -> finish(node, Result.PRESENT);
            case UNKNOWN -> push(node);
            case ABSENT -> {
                if (node.reading() == Reading.NOT_BEGUN && !mountable && readsAhead(node)) {
                    read(node);
                } else if (node.reading() != Reading.BEGUN) {
                    push(node);
                }
            }
        }
    }

    private boolean readsAhead(Node node) {
        boolean far = !node.origin().id().host().isEmpty()
                && !node.target().id().host().isEmpty();
        return far && kept.takeRoom(node);
    }

    private void advanceManifest(Node node) {
        if (node.presence() == Presence.UNKNOWN && !questions.findPresence(node)) {
            return;
        }
        boolean asked = node.presence() == Presence.ASKED;
        boolean present = node.presence() == Presence.PRESENT;
        boolean endsHere = present && !deep;
        boolean nothingToPut = present && node.tagsToPut().isEmpty();
        if (endsHere && nothingToPut) {
            finish(node, Result.PRESENT);
            return;
        }
        switch (node.reading()) {
            case NOT_BEGUN -> {
                // What gets a tag has to be read, whatever the target has.
                if (!asked || node.depth() > 0 || deep || !node.tagsToPut().isEmpty()) {
                    read(node);
                }
            }
            case BEGUN -> {}
            case READ -> {
                if (endsHere) {
                    // No tag leads to what is still under way.
                    nodes.awaitKnown(node, node.successors());
                    node.setReading(Reading.EXPANDED);
                    node.setSuccessors(List.of());
                    advance(node);
                } else if (!asked) {
                    expand(node);
                }
            }
            case EXPANDED -> {
                if (nothingToPut) {
                    finish(node, Result.PRESENT);
                } else if (!asked) {
                    push(node);
                }
            }
        }
    }

    private void read(Node node) {
        node.setReading(Reading.BEGUN);
        orders.read(node);
    }

    private void push(Node node) {
        node.setPushing(true);
        orders.push(node);
    }

    // What came of orders.

    void targetAnswered(Target target, TargetAnswer answer) {
        target.answer(answer).forEach(this::advance);
    }

    void askFailed(Node node, CnabException why) {
        List<Node> waiting = node.manifest() ? node.target().sampled(false) : List.<Node>of();
        fail(node, why);
        waiting.forEach(this::advance);
    }

    void nodeAnswered(Node node, boolean present) {
        if (node.manifest()) {
            node.target().sampled(present).forEach(this::advance);
        }
        if (node.presence() != Presence.ASKED) {
            return;
        }
        node.setPresence(present ? Presence.PRESENT : Presence.ABSENT);
        CnabException readFailure = node.readFailure();
        boolean needless = present && !deep && node.tagsToPut().isEmpty();
        if (readFailure != null && !needless) {
            fail(node, readFailure);
            return;
        }
        if (!present) {
            questions.ask(node.target());
        }
        advance(node);
    }

    void read(Node node, NodeWork.Read read) {
        node.setReading(Reading.READ);
        kept.keep(node, read.content());
        if (!node.open()) {
            kept.drop(node);
            return;
        }
        node.setSuccessors(read.successors());
        advance(node);
    }

    /** It could not be read: from its next origin perhaps; and if the target has it, it need not be. */
    void readFailed(Node node, CnabException why) {
        node.setReading(Reading.NOT_BEGUN);
        if (!node.manifest()) {
            kept.giveBack(node);
        }
        if (!node.open()) {
            return;
        }
        if (node.nextOrigin()) {
            advance(node);
        } else if (node.presence() == Presence.ASKED) {
            node.setReading(Reading.BEGUN);
            node.setReadFailure(why);
        } else {
            fail(node, why);
        }
    }

    void pushed(Node node, Result result, List<String> tags) {
        node.setPushing(false);
        tags.forEach(node.tagsToPut()::remove);
        if (node.tagsToPut().isEmpty()) {
            finish(node, node.presence() == Presence.PRESENT ? Result.PRESENT : result);
        } else {
            advance(node);
        }
    }

    /** A push failed, and nothing is wrong with the target: from its next origin perhaps. */
    void pushLackedSource(Node node, CnabException why) {
        node.setPushing(false);
        if (node.open() && node.nextOrigin()) {
            advance(node);
        } else {
            fail(node, why);
        }
    }

    /** A push failed at the target. */
    void pushFailed(Node node, CnabException why) {
        node.setPushing(false);
        if (!(why instanceof RejectedException rejection && DeniedChild.isReasonOf(rejection) && heal(node))) {
            fail(node, why);
        }
    }

    /** Fails a node and everything that waits for it. */
    void fail(Node failed, CnabException why) {
        fail(failed, why, false);
    }

    private void fail(Node failed, CnabException why, boolean follows) {
        if (!failed.open()) {
            return;
        }
        FailedBranch branch = FailedBranch.fail(failed, why, follows, node -> {
            kept.drop(node);
            observer.tell(new CopyEvent.Failed(node.id(), why));
        });
        observer.failed(failed, why, branch);
    }

    private void expand(Node node) {
        List<Descriptor> kept = node.filter().keep(node.descriptor(), node.successors());
        node.setReading(Reading.EXPANDED);
        node.setSuccessors(List.of());
        NodeTable.Children children;
        try {
            children = nodes.link(node, kept);
        } catch (CnabException impossible) {
            fail(node, impossible);
            return;
        }
        node.setChildren(children.all());
        for (int i = 0; i < kept.size(); i++) {
            observer.tell(new CopyEvent.Discovered(children.all().get(i).id(), kept.get(i), node.id(), node.label()));
        }
        Optional<Node> failed =
                children.all().stream().filter(child -> child.failure() != null).findFirst();
        if (failed.isPresent()) {
            fail(
                    node,
                    Objects.requireNonNull(failed.get().failure()),
                    failed.get().failedWithRoot());
        }
        children.added().forEach(this::advance);
        advance(node);
    }

    /** Sends what the target denies having, and then the manifest once more; false if nothing speaks for trying. */
    private boolean heal(Node node) {
        if (node.distrust()) {
            advance(node);
            return true;
        }
        Optional<List<Node>> doubtful = DeniedChild.doubtful(node);
        doubtful.ifPresent(children -> {
            children.forEach(this::advance);
            advance(node);
        });
        return doubtful.isPresent();
    }

    private void finish(Node node, Result result) {
        kept.drop(node);
        node.finish(result);
        if (!node.manifest() && result != Result.FOREIGN) {
            places.add(node.descriptor().digest(), node.target().id());
        }
        observer.tell(new CopyEvent.Finished(node.id(), result));
        endRoots(node);
        node.releaseParents().forEach(this::advance);
    }

    private void endRoots(Node node) {
        node.roots().stream().filter(Root::end).forEach(observer::rootDone);
    }
}
