/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.VerifiedContent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One content on its way to one target: what is known of it. Holds state, decides nothing. Guarded by the session's lock, but
 * for the count of bytes sent.
 */
final class Node {
    private static final int MOST_ORIGINS = 4;

    /** Whether the target has it. Of some blobs the push itself finds out. */
    enum Presence {
        UNKNOWN,
        ASKED,
        PRESENT,
        ABSENT
    }

    /** How far reading came: of a manifest, or of a small blob into memory. */
    enum Reading {
        NOT_BEGUN,
        BEGUN,
        READ,
        EXPANDED
    }

    private final CopyNode id;
    private final Descriptor descriptor;
    private final Target target;
    private final CopyRoot.NodeFilter filter;
    private final String label;
    private final int depth;
    private final List<ReadableStore> origins = new ArrayList<>();
    private final List<Node> waitingParents = new ArrayList<>();
    private final List<Root> roots = new ArrayList<>();
    private final Set<String> tagsToPut = new LinkedHashSet<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean progressQueued = new AtomicBoolean();

    private Presence presence = Presence.UNKNOWN;
    private Reading reading = Reading.NOT_BEGUN;
    private boolean foreign;
    private boolean pushing;
    private boolean forced;
    private boolean healed;
    private int openChildren;
    private int originsTried;
    private List<Descriptor> successors = List.of();
    private List<Node> children = List.of();
    private @Nullable VerifiedContent content;
    private CopyEvent.@Nullable Result result;
    private @Nullable CnabException readFailure;
    private @Nullable CnabException failure;
    private boolean follows;

    /**
     * A node that was just found.
     *
     * @param filter the filter of the root through which it was found
     * @param label the label of that root
     * @param depth steps from that root
     */
    Node(CopyNode id, Descriptor descriptor, Target target, CopyRoot.NodeFilter filter, String label, int depth) {
        this.id = id;
        // Whatever else it says comes from outside and may be long.
        this.descriptor = descriptor.identity();
        this.foreign = descriptor.isForeign();
        this.target = target;
        this.filter = filter;
        this.label = label;
        this.depth = depth;
    }

    CopyNode id() {
        return id;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    Target target() {
        return target;
    }

    CopyRoot.NodeFilter filter() {
        return filter;
    }

    String label() {
        return label;
    }

    int depth() {
        return depth;
    }

    boolean manifest() {
        return id.key().manifest();
    }

    // Origins: one after the other is tried, and all are candidates for a mount.

    List<ReadableStore> origins() {
        return origins;
    }

    /** Adds a store that may have the content; a few are enough. A view of a store has manifests of its own, but no blobs. */
    void addOrigin(ReadableStore store) {
        boolean known = origins.stream()
                .anyMatch(origin ->
                        origin.equals(store) || (!manifest() && origin.id().equals(store.id())));
        if (origins.size() < MOST_ORIGINS && !known) {
            origins.add(store);
        }
    }

    ReadableStore origin() {
        return origins.get(originsTried);
    }

    /** Goes on to the next origin; false if there is none. */
    boolean nextOrigin() {
        if (originsTried + 1 >= origins.size()) {
            return false;
        }
        originsTried++;
        return true;
    }

    // Edges.

    /** Whether it is never copied, since all that point to it say that it is elsewhere. */
    boolean foreign() {
        return foreign;
    }

    /** Takes what another parent says of it; true if it has to be copied after all. */
    boolean meet(Descriptor said) {
        boolean ordinary = foreign && !said.isForeign();
        if (ordinary) {
            foreign = false;
            result = null;
        }
        return ordinary;
    }

    List<Node> children() {
        return children;
    }

    void setChildren(List<Node> nodes) {
        children = List.copyOf(nodes);
    }

    /** Has a parent wait for this node. */
    void addWaiting(Node parent) {
        waitingParents.add(parent);
        parent.openChildren++;
    }

    List<Node> waitingParents() {
        return waitingParents;
    }

    /** The parents that waited for this node and wait for nothing else any more. */
    List<Node> releaseParents() {
        List<Node> released = new ArrayList<>();
        for (Node parent : waitingParents) {
            parent.openChildren--;
            if (parent.openChildren == 0) {
                released.add(parent);
            }
        }
        waitingParents.clear();
        return released;
    }

    boolean waitsForChildren() {
        return openChildren > 0;
    }

    List<Root> roots() {
        return roots;
    }

    // Tags.

    Set<String> tagsToPut() {
        return tagsToPut;
    }

    // What is known.

    Presence presence() {
        return presence;
    }

    void setPresence(Presence known) {
        presence = known;
    }

    Reading reading() {
        return reading;
    }

    void setReading(Reading step) {
        reading = step;
    }

    /** What the manifest points to, until it is expanded. */
    List<Descriptor> successors() {
        return successors;
    }

    void setSuccessors(List<Descriptor> descriptors) {
        successors = descriptors;
    }

    /** Why it could not be read; it matters only if the target lacks it. */
    @Nullable
    CnabException readFailure() {
        return readFailure;
    }

    void setReadFailure(CnabException why) {
        readFailure = why;
    }

    /** The bytes, if they are kept in memory. */
    @Nullable
    VerifiedContent content() {
        return content;
    }

    void setContent(@Nullable VerifiedContent bytes) {
        content = bytes;
    }

    /** Whether a push is queued or in flight. */
    boolean pushing() {
        return pushing;
    }

    void setPushing(boolean on) {
        pushing = on;
    }

    /** Whether it is sent whatever the target says, since a registry denied having it. */
    boolean forced() {
        return forced;
    }

    /** Whether the target's denial of this manifest's children was answered by sending them once more. */
    boolean healed() {
        return healed;
    }

    void setHealed() {
        healed = true;
    }

    /** Has a manifest that the target had, and would not give a tag, looked into after all; false of any other. */
    boolean distrust() {
        boolean trusted = presence == Presence.PRESENT && result == null;
        if (trusted) {
            presence = Presence.ABSENT;
            reading = Reading.NOT_BEGUN;
        }
        return trusted;
    }

    /** Makes a finished node go on, for tags that it has not got yet. */
    void resume() {
        result = null;
        presence = Presence.PRESENT;
    }

    /** Makes a finished node start again: the registry says that it is not there after all. */
    void reopen() {
        result = null;
        forced = true;
        presence = Presence.ABSENT;
    }

    CopyEvent.@Nullable Result result() {
        return result;
    }

    void finish(CopyEvent.Result how) {
        result = how;
    }

    @Nullable
    CnabException failure() {
        return failure;
    }

    /**
     * Ends it.
     *
     * @param belowRoot whether a root at or below this node failed, so that what is above merely follows
     */
    void fail(CnabException why, boolean belowRoot) {
        failure = why;
        follows = belowRoot;
    }

    /** Whether what waits for this failed node merely follows a root that failed. */
    boolean failedWithRoot() {
        return follows;
    }

    boolean open() {
        return result == null && failure == null;
    }

    // Progress; any thread.

    /** Counts bytes; true if an event about it must be queued. */
    boolean addSent(long bytes) {
        sent.addAndGet(bytes);
        return progressQueued.compareAndSet(false, true);
    }

    /** The count for an event that leaves the queue. */
    long takeSent() {
        progressQueued.set(false);
        return sent.get();
    }

    long sent() {
        return sent.get();
    }
}
