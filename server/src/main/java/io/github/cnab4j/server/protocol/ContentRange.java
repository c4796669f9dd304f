/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a chunk in an upload: {@code first-last}, both included, without a unit as the distribution
 * specification has it; RFC 9110's {@code bytes first-last/size} is understood as well.
 */
record ContentRange(long first, long last) {
    private static final Pattern FORM =
            Pattern.compile("(?:bytes[ =])?([0-9]{1,18})-([0-9]{1,18})(?:/(?:[0-9]+|\\*))?");

    long length() {
        return last - first + 1;
    }

    /** Reads a field; empty when malformed or turned round. */
    static Optional<ContentRange> parse(String header) {
        Matcher matcher = FORM.matcher(header.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ContentRange range = new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        return range.length() > 0 ? Optional.of(range) : Optional.empty();
    }
}
