/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long an answer asks to wait before the next request ({@code Retry-After}, RFC 9110, section 10.2.3): seconds, or a date.
 * A date counts from the {@code Date} of the same answer, so it does not matter how the clocks differ; without one it says
 * nothing. What a registry writes into the text of a refusal is for people.
 */
public final class RetryAfter {
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private RetryAfter() {}

    /** The wait that the header fields of an answer ask for; empty if they ask for none that can be understood. */
    public static Optional<Duration> of(Headers headers) {
        OptionalLong seconds = headers.number("Retry-After");
        if (seconds.isPresent()) {
            return Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_SECONDS)));
        }
        Optional<Instant> until = date(headers, "Retry-After");
        Optional<Instant> from = date(headers, "Date");
        if (until.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        Duration wait = Duration.between(from.get(), until.get());
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Instant> date(Headers headers, String name) {
        try {
            return headers.first(name)
                    .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
