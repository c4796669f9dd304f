/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * One library object that pushes bundle after bundle, each to a repository that it has not seen before, to a registry that fails
 * now and then: what it holds on to must not grow. The long form is {@code -Psoak}; otherwise {@code -Dsoak.seconds} says how long.
 */
class SoakTest {
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("soak.seconds", 12));
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime() & 0xffffff);
    private static final int LAPS = 12;

    @Test
    void heap_threads_connectionsAndFiles_stayAsTheyAre() throws Exception {
        List<Usage> laps = new ArrayList<>();
        long pushes = 0;
        try (Soak soak = new Soak(SEED)) {
            for (int lap = 0; lap < LAPS; lap++) {
                pushes += soak.run(LENGTH.dividedBy(LAPS));
                laps.add(soak.usage());
                System.out.printf(
                        "soak: seed %d, %d pushes, %d faults: %s%n", SEED, pushes, soak.faults(), laps.get(lap));
            }
            assertThat(soak.faults()).isPositive();
            assertThat(soak.abandoned()).isLessThanOrEqualTo(soak.struckUploads());
        }
        List<Usage> early = laps.subList(LAPS / 3, 2 * LAPS / 3);
        List<Usage> late = laps.subList(2 * LAPS / 3, LAPS);
        assertThat(least(late, Usage::heap)).isLessThan(least(early, Usage::heap) * 21 / 20 + (1 << 20));
        assertThat(least(late, Usage::threads)).isLessThanOrEqualTo(most(early, Usage::threads));
        assertThat(most(laps, Usage::serving)).isPositive().isLessThanOrEqualTo(Soak.MOST_CONNECTIONS + 2);
        assertThat(least(late, Usage::files)).isLessThanOrEqualTo(most(early, Usage::files));
        assertThat(most(laps, Usage::connections)).isLessThanOrEqualTo(Soak.MOST_CONNECTIONS);
    }

    private static long least(List<Usage> laps, ToLongFunction<Usage> what) {
        return laps.stream().mapToLong(what).min().orElseThrow();
    }

    private static long most(List<Usage> laps, ToLongFunction<Usage> what) {
        return laps.stream().mapToLong(what).max().orElseThrow();
    }
}
