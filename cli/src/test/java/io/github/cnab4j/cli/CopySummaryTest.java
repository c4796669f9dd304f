/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.transfer.CopyReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line that says what a copy came to. */
class CopySummaryTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "1250, 1.3 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "4294967296, 4.3 GB",
        "9223372036854775807, 9.2 EB",
    })
    void sizeHasOneDigitBehindThePointAndFourInAll(long bytes, String text) {
        assertThat(CopySummary.size(bytes)).isEqualTo(text);
    }

    @Test
    void foreignLayersAreSaidWhereThereAreAny() {
        assertThat(CopySummary.of(new CopyReport(1, 2, 3, 4, 5, Duration.ofMillis(61_235))))
                .isEqualTo("1 copied, 2 mounted, 3 already there, 4 left outside registries; 5 bytes sent in 61.24 s");
        assertThat(CopySummary.of(new CopyReport(1, 2, 3, 0, 5, Duration.ZERO)))
                .isEqualTo("1 copied, 2 mounted, 3 already there; 5 bytes sent in 0.00 s");
    }
}
