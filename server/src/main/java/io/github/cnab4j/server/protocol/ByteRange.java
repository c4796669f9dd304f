/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of something; of length 0 when what was asked for lies outside. */
record ByteRange(long first, long length) {
    private static final Pattern SINGLE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

    long last() {
        return first + length - 1;
    }

    /** Reads a {@code Range} field; empty when it is of another unit, malformed or of several parts: answer it whole. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = SINGLE.matcher(header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long length = Math.min(Long.parseLong(matcher.group(2)), size);
            return Optional.of(new ByteRange(size - length, length));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(matcher.group(2)), size - 1);
        return Optional.of(new ByteRange(first, Math.max(0, last - first + 1)));
    }
}
