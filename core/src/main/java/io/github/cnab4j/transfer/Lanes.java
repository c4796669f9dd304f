/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts what is in flight per host, and says what may join. A task that may turn to any host, but to one at a time, counts at
 * every host. Guarded by the session's lock.
 */
final class Lanes {
    private final int width;
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Integer> largeInFlight = new HashMap<>();
    private int anywhere;

    Lanes(int width) {
        this.width = width;
    }

    /**
     * Whether a task can start without a host having more than its width in flight.
     *
     * @param kept hosts at which one place is kept for another task
     */
    boolean admits(Task task, Set<String> kept) {
        if (task.anywhere()) {
            return hasRoomAnywhere();
        }
        for (String host : task.hosts()) {
            int others = anywhere + (kept.contains(host) ? 1 : 0);
            if (count(inFlight, host) + others >= width) {
                return false;
            }
        }
        return hasRoomIfLarge(task);
    }

    /** Whether a task that cannot start will when its hosts have room. */
    boolean waitsForRoom(Task task) {
        return !task.anywhere() && hasRoomIfLarge(task);
    }

    private boolean hasRoomAnywhere() {
        for (int count : inFlight.values()) {
            if (count + anywhere >= width) {
                return false;
            }
        }
        return anywhere < width;
    }

    private boolean hasRoomIfLarge(Task task) {
        if (task.large()) {
            for (String host : task.hosts()) {
                if (!hasRoomForLarge(host)) {
                    return false;
                }
            }
        }
        return true;
    }

    void start(Task task) {
        add(task, 1);
    }

    void end(Task task) {
        add(task, -1);
    }

    /** Large blobs leave one slot to small work, so that discovery and small images go on beside them. */
    private boolean hasRoomForLarge(String host) {
        return count(largeInFlight, host) < Math.max(1, width - 1);
    }

    private void add(Task task, int change) {
        if (task.anywhere()) {
            anywhere += change;
        }
        for (String host : task.hosts()) {
            inFlight.merge(host, change, Integer::sum);
            if (task.large()) {
                largeInFlight.merge(host, change, Integer::sum);
            }
        }
    }

    private static int count(Map<String, Integer> counts, String host) {
        return counts.getOrDefault(host, 0);
    }
}
