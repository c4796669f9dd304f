/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Says which tasks may join what is in flight: each host has a {@link Lane} of its own, and another for the manifests that are put
 * there, since some registries take fewer of these than of all else. A task that may turn to any host, but to one at a time, counts
 * at every host. Guarded by the session's lock.
 */
final class Lanes {
    private final int ceiling;
    private final LongSupplier nanos;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Lane> manifestLanes = new HashMap<>();
    private int anywhere;

    /**
     * Lanes without work.
     *
     * @param ceiling most tasks at a time at one host
     * @param nanos monotonic clock
     */
    Lanes(int ceiling, LongSupplier nanos) {
        this.ceiling = ceiling;
        this.nanos = nanos;
    }

    /**
     * Whether a task can start without a host having more than its width in flight, or being asked while it is not to be.
     *
     * @param kept hosts at which one place is kept for another task
     */
    boolean admits(Task task, Set<String> kept) {
        if (task.anywhere()) {
            return hasRoomAnywhere();
        }
        for (String host : task.hosts()) {
            int others = anywhere + (kept.contains(host) ? 1 : 0);
            if (!lane(host).hasRoom(others)) {
                return false;
            }
        }
        return waitsForRoom(task);
    }

    /** Whether a task that cannot start will when its hosts have room. */
    boolean waitsForRoom(Task task) {
        if (task.anywhere()) {
            return false;
        }
        long now = nanos.getAsLong();
        for (String host : task.hosts()) {
            Lane lane = lane(host);
            if (lane.isPaused(now) || (task.large() && !lane.hasRoomForLarge())) {
                return false;
            }
            if (task.putsManifest() && !manifestLane(host).hasRoom(0)) {
                return false;
            }
        }
        return true;
    }

    /** Which host it turns to is not known: whether that one may be asked is left to the store. */
    private boolean hasRoomAnywhere() {
        return anywhere < ceiling && lanes.values().stream().allMatch(lane -> lane.hasRoom(anywhere));
    }

    void start(Task task) {
        anywhere += task.anywhere() ? 1 : 0;
        for (String host : task.hosts()) {
            lane(host).start(task.large());
            if (task.putsManifest()) {
                manifestLane(host).start(false);
            }
        }
    }

    void end(Task task) {
        anywhere -= task.anywhere() ? 1 : 0;
        for (String host : task.hosts()) {
            lane(host).end(task.large());
            if (task.putsManifest()) {
                manifestLane(host).end(false);
            }
        }
    }

    /** A host has too much to do; see {@link Lane#slowDown}. */
    void slowDown(String host, Duration pause) {
        lane(host).slowDown(nanos.getAsLong(), pause);
    }

    /** A host has too much to do with the manifests that it gets: only these become fewer, but all rests if it asks for a pause. */
    void slowDownManifests(String host, Duration pause) {
        long now = nanos.getAsLong();
        manifestLane(host).slowDown(now, pause);
        lane(host).rest(now, pause);
    }

    /** Nanoseconds until the next host may be asked again that may not be at the moment; 0 if there is none. */
    long untilEndOfPause() {
        long now = nanos.getAsLong();
        long soonest = 0;
        for (Lane lane : lanes.values()) {
            long left = lane.pauseLeft(now);
            soonest = left > 0 && (soonest == 0 || left < soonest) ? left : soonest;
        }
        return soonest;
    }

    private Lane lane(String host) {
        return lanes.computeIfAbsent(host, key -> new Lane(ceiling));
    }

    private Lane manifestLane(String host) {
        return manifestLanes.computeIfAbsent(host, key -> new Lane(ceiling));
    }
}
