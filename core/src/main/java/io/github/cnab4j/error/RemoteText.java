/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import java.util.regex.Pattern;

/** Sentences from outside, of registries and engines, as a message may have them. */
public final class RemoteText {
    private static final int LONGEST_TEXT = 1024;
    private static final Pattern QUERY = Pattern.compile("(?i)(https?://[^\\s?#\"'<>]*)\\?[^\\s\"'<>]*");
    private static final Pattern RELATIVE_QUERY = Pattern.compile("\\?[^\\s?=&\"'<>]+=[^\\s\"'<>]*");
    private static final Pattern USER_INFORMATION = Pattern.compile("(?i)(https?://)[^/\\s\"']*@");
    private static final Pattern HEADER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private RemoteText() {}

    /**
     * A text as it may be shown: one line of at most 1,024 characters, without control characters, and without what may be secret
     * (queries and users of URLs, values of Authorization fields).
     */
    public static String line(String raw) {
        StringBuilder visible = new StringBuilder();
        raw.codePoints().limit(LONGEST_TEXT * 4L).forEach(c -> {
            int type = Character.getType(c);
            if (Character.isISOControl(c) || Character.isWhitespace(c) || c == 0xFFFD) {
                visible.append(' ');
            } else if (type != Character.FORMAT && type != Character.SURROGATE && type != Character.LINE_SEPARATOR) {
                visible.appendCodePoint(c);
            }
        });
        String line = BLANKS.matcher(visible).replaceAll(" ").strip();
        line = QUERY.matcher(line).replaceAll("$1?…");
        line = RELATIVE_QUERY.matcher(line).replaceAll("?…");
        line = USER_INFORMATION.matcher(line).replaceAll("$1");
        line = HEADER.matcher(line).replaceAll("$1 ***");
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
    }
}
