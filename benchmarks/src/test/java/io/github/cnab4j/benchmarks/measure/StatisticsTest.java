/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleWhateverTheOrder() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Statistics.median(List.of(100.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
    }

    @Test
    void leastAndGreatestAreThoseOfTheSeries() {
        assertThat(Statistics.least(List.of(3, 1, 2))).isEqualTo(1);
        assertThat(Statistics.greatest(List.of(3, 1, 2))).isEqualTo(3);
    }

    @Test
    void aSeriesWithoutValuesHasNoMedian() {
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.median(List.<Double>of()));
    }
}
