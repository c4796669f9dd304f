/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import java.util.Set;

/**
 * One copy of a content graph. Roots join while it runs. Each content is one node per target, however many roots and parents
 * lead to it: the work of one is the work of all. A node is pushed when all that it points to is at the target; no thread ever
 * waits for a node.
 *
 * <p>Planning comes before moving: while a {@linkplain #plan plan step} is outstanding, manifests are read, targets are
 * asked and small blobs are read, but nothing is pushed; if one fails, nothing ever is. A root's own manifest is pushed after everything below it, so
 * no tag leads to half a graph.
 *
 * <p>The first failure that no {@linkplain CopyRoot.Alternative alternative} mends stops new work. What is in flight ends;
 * outstanding plan steps run too, so that all that is wrong is reported at once.
 *
 * <p>Safe for use by several threads. Only {@link #await} and {@link #close} block.
 */
public interface CopySession extends AutoCloseable {
    /**
     * What plan steps hand to the stores that they ask: stopped when the session is, and narrowing the session's width when a
     * host has too much to do.
     */
    CallScope scope();

    /**
     * Has a step run by a worker, with the priority of reading manifests. It may add roots and further steps.
     *
     * @param label whose step it is: the name of a failure
     * @throws IllegalStateException if the session has ended
     */
    default void plan(String label, PlanStep step) {
        plan(label, Set.of(), step);
    }

    /**
     * {@link #plan(String, PlanStep)} for a step that turns to these stores. A step that may turn to any holds a place at
     * every host.
     *
     * @param stores what the step asks, in the main
     * @throws IllegalStateException if the session has ended
     */
    void plan(String label, Set<StoreId> stores, PlanStep step);

    /**
     * Finds out first what a target is, once for all, and then runs a step of planning: so that the step can spare requests,
     * and roots need not each wait for the answer.
     *
     * @param label whose step it is: the name of a failure
     * @param about what to look for; where the target was asked before, or says nothing, this is without effect
     * @throws IllegalStateException if the session has ended
     */
    void inquire(String label, WritableStore target, Inquiry about, TargetStep step);

    /**
     * Opens connections for requests that are sure to come, while others are on their way. Does nothing for a store without any.
     *
     * @param connections how many; never as many as the width of the copy, so that requests go on
     */
    void warmUp(ReadableStore store, int connections);

    /**
     * Adds a root.
     *
     * @throws IllegalStateException if the session has ended
     */
    void add(CopyRoot root);

    /**
     * Waits until everything that was added is done, and tells the listener what happens meanwhile.
     *
     * @throws CopyException with every label that failed
     * @throws CancelledException if the scope was cancelled or this thread was interrupted; the interrupt stays set
     * @throws IllegalStateException on a second call
     */
    CopyReport await();

    /** Stops what is still going on and waits for the workers to let go. Does nothing after {@link #await} returned. */
    @Override
    void close();

    /** A part of planning: it asks stores, and adds what it finds. */
    @FunctionalInterface
    interface PlanStep {
        /** Runs; an exception fails the step's label. */
        void run();
    }

    /** A part of planning that depends on what the target is. */
    @FunctionalInterface
    interface TargetStep {
        /**
         * Runs; an exception fails the step's label.
         *
         * @param answer what is known of the target
         */
        void run(TargetAnswer answer);
    }
}
