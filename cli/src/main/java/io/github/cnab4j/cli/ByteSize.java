/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as flags have them: bytes, or {@code 500k}, {@code 20m}, {@code 8g} in units of 1024. */
final class ByteSize {
    /** What is read into memory as a whole has no more. */
    static final long MOST_IN_MEMORY = 32L << 20;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([kmg]?)(?:i?b)?");

    private ByteSize() {}

    /** A size above 0; empty if the text is none. */
    static Optional<Long> parse(String text) {
        Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        int shift = switch (parts.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Optional.of(Long.parseLong(parts.group(1)) << shift).filter(bytes -> bytes > 0);
    }
}
