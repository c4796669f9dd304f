/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.store.StoreId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * A piece of work that is ready: requests to some hosts, then a change of the graph.
 *
 * @param rank what it is for
 * @param size bytes that it moves; 0 if it only asks
 * @param number its place in the order of becoming ready
 * @param hosts the hosts that it uses at the same time; empty: one at a time, it is not known which
 * @param work what a worker does, without holding the session's lock
 */
record Task(Rank rank, long size, long number, Set<String> hosts, Runnable work) {
    /** In the order in which they are taken: what feeds the most comes first, what ends a branch last. */
    enum Rank {
        PLAN(0),
        DISCOVER(1),
        /** Reading a blob into memory is as urgent as sending one: the larger goes first. */
        READ_BLOB(2),
        PUSH_BLOB(2),
        PUSH_MANIFEST(3);

        private final int place;

        Rank(int place) {
            this.place = place;
        }
    }

    /** From here on the time of a push is that of its bytes, not that of its requests. */
    static final long LARGE = 1 << 20;

    /** First come first served, but among blobs the longest job first: the last one to end must not be one that began late. */
    static final Comparator<Task> ORDER = Task::compare;

    private static int compare(Task one, Task other) {
        int byPlace = Integer.compare(one.rank.place, other.rank.place);
        int bySize = byPlace != 0 ? byPlace : Long.compare(other.size, one.size);
        return bySize != 0 ? bySize : Long.compare(one.number, other.number);
    }

    boolean plans() {
        return rank == Rank.PLAN;
    }

    /** Whether it is not known which hosts it turns to, one at a time. */
    boolean anywhere() {
        return hosts.isEmpty();
    }

    boolean pushes() {
        return rank == Rank.PUSH_BLOB || rank == Rank.PUSH_MANIFEST;
    }

    boolean putsManifest() {
        return rank == Rank.PUSH_MANIFEST;
    }

    boolean large() {
        return rank == Rank.PUSH_BLOB && size >= LARGE;
    }

    /** The hosts of some stores, by {@link StoreId#host}; stores without one count as one host per kind. */
    static Set<String> hosts(Collection<StoreId> stores) {
        Set<String> hosts = new HashSet<>();
        for (StoreId store : stores) {
            hosts.add(store.host().isEmpty() ? store.scheme() + ":" : store.host());
        }
        return Set.copyOf(hosts);
    }
}
