/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

/** A root that was added, and what became of it. Guarded by the session's lock. */
final class Root {
    private final CopyRoot root;
    private boolean ended;

    Root(CopyRoot root) {
        this.root = root;
    }

    CopyRoot root() {
        return root;
    }

    CopyNode node() {
        return new CopyNode(root.target().id(), root.descriptor().key());
    }

    String label() {
        return root.label();
    }

    /** Whether it is done, has failed, or another form took its place. */
    boolean ended() {
        return ended;
    }

    /** Marks the end; false if it had ended before. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
