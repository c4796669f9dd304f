/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many requests a registry still answers, as some tell with each manifest ({@code RateLimit-Limit} and {@code
 * RateLimit-Remaining}, each a number, with or without {@code ;w=} and the seconds in which so many may come).
 *
 * @param limit requests in a window
 * @param left requests that are left of them
 * @param window length of the window; zero if it is not told
 */
record RequestQuota(long limit, long left, Duration window) {
    private static final int FEW = 10;
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    /** What an answer tells; empty if it tells nothing that can be understood. */
    static Optional<RequestQuota> of(Headers headers) {
        String limit = headers.first("RateLimit-Limit").orElse("");
        String left = headers.first("RateLimit-Remaining").orElse("");
        OptionalLong all = amount(limit);
        OptionalLong rest = amount(left);
        return all.isEmpty() || rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestQuota(all.getAsLong(), rest.getAsLong(), window(limit + ";" + left)));
    }

    private static OptionalLong amount(String field) {
        int end = field.indexOf(';');
        return Headers.numberOf(end < 0 ? field : field.substring(0, end));
    }

    private static Duration window(String fields) {
        for (String parameter : fields.split(";", -1)) {
            OptionalLong seconds = parameter.strip().startsWith("w=")
                    ? Headers.numberOf(parameter.strip().substring(2))
                    : OptionalLong.empty();
            if (seconds.isPresent()) {
                return Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_SECONDS));
            }
        }
        return Duration.ZERO;
    }

    /** Whether a tenth is left, or less. */
    boolean low() {
        return left <= limit / FEW;
    }

    @Override
    public String toString() {
        long minutes = window.toMinutes();
        String length = minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
        return left + " of " + limit + " requests" + (minutes == 0 ? "" : " per " + length);
    }
}
