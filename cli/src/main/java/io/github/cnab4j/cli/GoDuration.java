/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Go's flags have them, {@code 1h2m3.5s} or {@code 500ms}; a number alone is seconds. */
final class GoDuration {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,7}");
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:h|ms|m|s))+");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(h|ms|m|s)");
    private static final Duration LONGEST = Duration.ofDays(7);

    private GoDuration() {}

    /** A time of at least a millisecond and at most a week; empty if the text is none. */
    static Optional<Duration> parse(String text) {
        Duration sum = Duration.ZERO;
        if (SECONDS.matcher(text).matches()) {
            sum = Duration.ofSeconds(Long.parseLong(text));
        } else if (WHOLE.matcher(text).matches()) {
            Matcher parts = PART.matcher(text);
            while (parts.find()) {
                sum = sum.plus(part(new BigDecimal(parts.group(1)), parts.group(2)));
            }
        }
        return Optional.of(sum).filter(time -> time.toMillis() > 0 && time.compareTo(LONGEST) <= 0);
    }

    private static Duration part(BigDecimal number, String unit) {
        long millis = switch (unit) {
            case "h" -> 3_600_000;
            case "m" -> 60_000;
            case "s" -> 1000;
            default -> 1;
        };
        return Duration.ofMillis(number.multiply(BigDecimal.valueOf(millis))
                .setScale(0, RoundingMode.UP)
                .longValueExact());
    }
}
