/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.store.FakeClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long, and how much, is kept in mind. */
class LearnedTest {
    private final FakeClock clock = new FakeClock();
    private final Learned<Integer, String> learned = new Learned<>(clock);

    @Test
    void lesson_isForgottenAfterHalfAnHour() {
        learned.put(1, "one");
        clock.advance(Duration.ofMinutes(29));
        assertThat(learned.get(1)).contains("one");

        clock.advance(Duration.ofMinutes(1));

        assertThat(learned.get(1)).isEmpty();
    }

    @Test
    void lessons_areNeverMoreThanALimit_andTheNewestIsKept() {
        IntStream.range(0, 10_000).forEach(number -> learned.put(number, "lesson"));

        assertThat(IntStream.range(0, 10_000)
                        .filter(number -> learned.get(number).isPresent()))
                .hasSizeBetween(1, 4096)
                .contains(9_999);
    }
}
