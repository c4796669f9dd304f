/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts what is in flight per host, and says what may join. A plan step may turn to any host, but to one at a time: it counts
 * at every host. Guarded by the session's lock.
 */
final class Lanes {
    private final int width;
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Integer> largeInFlight = new HashMap<>();
    private int plans;

    Lanes(int width) {
        this.width = width;
    }

    /** Whether a task can start without a host having more than its width in flight. */
    boolean admits(Task task) {
        if (task.plans()) {
            return inFlight.values().stream().allMatch(count -> count + plans < width) && plans < width;
        }
        return task.hosts().stream().allMatch(host -> count(inFlight, host) + plans < width)
                && (!task.large() || task.hosts().stream().allMatch(this::hasRoomForLarge));
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
        if (task.plans()) {
            plans += change;
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
