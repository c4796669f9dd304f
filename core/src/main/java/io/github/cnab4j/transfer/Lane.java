/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.time.Duration;

/**
 * The work in flight at one host, and how much of it there may be. The width starts at its ceiling, is halved when the host has
 * too much to do, and grows by one for as many tasks as it allows: a round. Close to where the host refused before it grows
 * slowly, since there it will most likely refuse again. Guarded by the session's lock.
 */
final class Lane {
    /** Rounds that pass before the width is tried again at which the host refused. */
    private static final int PATIENCE = 8;

    private final int ceiling;
    private int width;
    private int refusedAt = Integer.MAX_VALUE;
    private int inFlight;
    private int largeInFlight;
    private int endedInRound;
    private boolean roundOver = true;
    private boolean paused;
    private long pausedUntil;

    Lane(int ceiling) {
        this.ceiling = ceiling;
        this.width = ceiling;
    }

    /**
     * Whether so many others beside what is in flight leave room.
     *
     * @param others places that are taken otherwise
     */
    boolean hasRoom(int others) {
        return inFlight + others < width;
    }

    /** Large blobs leave one slot to small work, so that discovery and small images go on beside them. */
    boolean hasRoomForLarge() {
        return largeInFlight < Math.max(1, width - 1);
    }

    void start(boolean large) {
        inFlight++;
        largeInFlight += large ? 1 : 0;
    }

    void end(boolean large) {
        inFlight--;
        largeInFlight -= large ? 1 : 0;
        endedInRound++;
        boolean close = width + 1 >= refusedAt;
        if (endedInRound >= width) {
            roundOver = true;
        }
        if (endedInRound >= (close ? PATIENCE * width : width)) {
            endedInRound = 0;
            widen();
        }
    }

    private void widen() {
        if (width < ceiling) {
            width++;
            refusedAt = width > refusedAt ? Integer.MAX_VALUE : refusedAt;
        }
    }

    /**
     * The host has too much to do. Many requests say so at once, and once is enough: what comes during a pause, or from a host
     * that need not rest before a round has passed, narrows no further.
     */
    void slowDown(long now, Duration pause) {
        boolean heard = isPaused(now) || (pause.isZero() && !roundOver);
        if (!heard) {
            refusedAt = width;
            width = Math.max(1, width / 2);
            endedInRound = 0;
            roundOver = false;
        }
        rest(now, pause);
    }

    /** The host is not to be asked for a while, which says nothing about the width. */
    void rest(long now, Duration pause) {
        long until = now + pause.toNanos();
        if (!pause.isZero() && (!paused || until - pausedUntil > 0)) {
            paused = true;
            pausedUntil = until;
        }
    }

    boolean isPaused(long now) {
        paused = paused && pausedUntil - now > 0;
        return paused;
    }

    /** Nanoseconds until the host may be asked again; 0 if it may. */
    long pauseLeft(long now) {
        return isPaused(now) ? pausedUntil - now : 0;
    }

    int width() {
        return width;
    }
}
