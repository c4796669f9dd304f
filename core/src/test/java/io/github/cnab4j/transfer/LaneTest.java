/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the width of a host follows from what it says. */
class LaneTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Lane lane = new Lane(32);

    private void endTasks(int count) {
        for (int i = 0; i < count; i++) {
            lane.start(false);
            lane.end(false);
        }
    }

    private static long at(double seconds) {
        return (long) (seconds * SECOND.toNanos());
    }

    @Test
    void beginsAtItsCeiling_andStaysThere() {
        endTasks(1000);

        assertThat(lane.width()).isEqualTo(32);
    }

    @Test
    void manyRefusalsOfOneRound_halveOnce() {
        for (int i = 0; i < 20; i++) {
            lane.slowDown(at(0.01 * i), SECOND);
        }

        assertThat(lane.width()).isEqualTo(16);
    }

    @Test
    void refusalsAfterEachPause_halveDownToOne() {
        for (int i = 0; i < 9; i++) {
            lane.slowDown(at(2 * i), SECOND);
        }

        assertThat(lane.width()).isEqualTo(1);
        assertThat(lane.hasRoom(0)).isTrue();
        assertThat(lane.hasRoom(1)).isFalse();
    }

    @Test
    void refusalsWithoutPause_halveOnceARound() {
        lane.slowDown(0, Duration.ZERO);
        endTasks(15);
        lane.slowDown(0, Duration.ZERO);
        assertThat(lane.width()).isEqualTo(16);

        endTasks(1);
        lane.slowDown(0, Duration.ZERO);
        assertThat(lane.width()).isEqualTo(8);
        assertThat(lane.isPaused(0)).isFalse();
    }

    @Test
    void growsByOneARound() {
        lane.slowDown(0, Duration.ZERO);

        endTasks(15);
        assertThat(lane.width()).isEqualTo(16);
        endTasks(1);
        assertThat(lane.width()).isEqualTo(17);
        endTasks(17);
        assertThat(lane.width()).isEqualTo(18);
    }

    @Test
    void growsSlowly_whereTheHostRefusedBefore() {
        Lane narrow = new Lane(4);
        narrow.slowDown(0, Duration.ZERO);
        assertThat(narrow.width()).isEqualTo(2);
        for (int i = 0; i < 2 + 8 * 3 - 1; i++) {
            narrow.start(false);
            narrow.end(false);
        }
        assertThat(narrow.width()).isEqualTo(3);

        narrow.start(false);
        narrow.end(false);

        assertThat(narrow.width()).isEqualTo(4);
    }

    @Test
    void longestPauseCounts() {
        lane.slowDown(0, SECOND.multipliedBy(5));
        lane.slowDown(at(1), SECOND);

        assertThat(lane.pauseLeft(at(3))).isEqualTo(at(2));
        assertThat(lane.isPaused(at(4.9))).isTrue();
        assertThat(lane.isPaused(at(5))).isFalse();
        assertThat(lane.pauseLeft(at(6))).isZero();
    }

    @Test
    void narrowHost_keepsASlotForSmallWork() {
        lane.slowDown(0, SECOND);
        for (int i = 0; i < 15; i++) {
            assertThat(lane.hasRoomForLarge()).isTrue();
            lane.start(true);
        }

        assertThat(lane.hasRoomForLarge()).isFalse();
        assertThat(lane.hasRoom(0)).isTrue();
    }
}
