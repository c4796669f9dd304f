/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a copy. The order is that of happening: of a root, {@link RootStarted} before everything of it and {@link
 * RootFinished} after; of a node, {@link Discovered} first, then {@link Started} and {@link Progressed} where there is
 * something to do, then one of {@link Finished} and {@link Failed}, or neither if the copy ends before its turn. A registry that denies having a child makes finished nodes
 * start again.
 */
public sealed interface CopyEvent {
    /** The kinds of events, for a {@code switch}. */
    enum Kind {
        ROOT_STARTED,
        DISCOVERED,
        STARTED,
        PROGRESSED,
        FINISHED,
        FAILED,
        ROOT_FINISHED
    }

    /** How a node came to be at the target. */
    enum Result {
        /** Its bytes were sent. */
        UPLOADED,
        /** The registry took it over from another of its repositories. */
        MOUNTED,
        /** It was there. */
        PRESENT,
        /** It is kept outside registries and stays there. */
        FOREIGN
    }

    /** What kind of event this is. */
    Kind kind();

    /** A root was added. */
    record RootStarted(String label, CopyNode node) implements CopyEvent {
        @Override
        public Kind kind() {
            return Kind.ROOT_STARTED;
        }
    }

    /**
     * A root is at the target, tags included, or will not be.
     *
     * @param error why not; null if it is
     */
    record RootFinished(
            String label, CopyNode node, @Nullable CnabException error) implements CopyEvent {
        @Override
        public Kind kind() {
            return Kind.ROOT_FINISHED;
        }
    }

    /**
     * Something points to a node; told once per parent and per root.
     *
     * @param descriptor how the parent describes it
     * @param parent what points to it; null: it is a root
     * @param label the root through which the parent, or the root itself, was found first
     */
    record Discovered(
            CopyNode node, Descriptor descriptor, @Nullable CopyNode parent, String label) implements CopyEvent {
        @Override
        public Kind kind() {
            return Kind.DISCOVERED;
        }
    }

    /** A push begins. */
    record Started(CopyNode node) implements CopyEvent {
        @Override
        public Kind kind() {
            return Kind.STARTED;
        }
    }

    /**
     * Bytes were sent. Several steps may be told as one.
     *
     * @param bytes sent since the node started, all tries together
     */
    record Progressed(CopyNode node, long bytes) implements CopyEvent {
        @Override
        public Kind kind() {
            return Kind.PROGRESSED;
        }
    }

    /** A node is at the target. */
    record Finished(CopyNode node, Result result) implements CopyEvent {
        @Override
        public Kind kind() {
            return Kind.FINISHED;
        }
    }

    /** A node will not be at the target. */
    record Failed(CopyNode node, CnabException error) implements CopyEvent {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }
}
