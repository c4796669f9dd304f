/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.transfer.CopyReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** What a copy came to, in a line for people. */
final class CopySummary {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");
    private static final BigDecimal STEP = BigDecimal.valueOf(1000);

    private CopySummary() {}

    static String of(CopyReport report) {
        String foreign = report.foreign() == 0 ? "" : ", " + report.foreign() + " left outside registries";
        return report.uploaded() + " copied, " + report.mounted() + " mounted, " + report.present() + " already there"
                + foreign + "; " + size(report.bytes()) + " sent in " + seconds(report.elapsed());
    }

    /** In decimal units, as sizes of downloads are given. */
    static String size(long bytes) {
        if (bytes < STEP.intValue()) {
            return bytes + " bytes";
        }
        int unit = 0;
        BigDecimal rounded = inUnit(bytes, unit);
        while (rounded.compareTo(STEP) >= 0) {
            rounded = inUnit(bytes, ++unit);
        }
        return rounded + " " + UNITS.get(unit);
    }

    private static BigDecimal inUnit(long bytes, int unit) {
        return BigDecimal.valueOf(bytes, 3 * (unit + 1)).setScale(1, RoundingMode.HALF_UP);
    }

    static String seconds(Duration elapsed) {
        return BigDecimal.valueOf(elapsed.toMillis(), 3).setScale(2, RoundingMode.HALF_UP) + " s";
    }
}
