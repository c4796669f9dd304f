/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The link to the next page (RFC 8288, section 3): {@code <URL>; rel="next"}, one of several in one field or many. Read from left to
 * right in one pass, however long the field is; what cannot be read ends it.
 */
final class LinkHeader {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final String text;
    private int at;

    private LinkHeader(String text) {
        this.text = text;
    }

    static Optional<String> next(List<String> fields) {
        for (String field : fields) {
            Optional<String> next = new LinkHeader(field).next();
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    private Optional<String> next() {
        while (true) {
            int start = text.indexOf('<', at);
            int end = start < 0 ? -1 : text.indexOf('>', start);
            if (end < 0) {
                return Optional.empty();
            }
            at = end + 1;
            if (parametersSayNext()) {
                return Optional.of(text.substring(start + 1, end));
            }
        }
    }

    /** Reads the parameters of a link to its end. */
    private boolean parametersSayNext() {
        boolean relationSeen = false;
        boolean next = false;
        while (at < text.length() && text.charAt(at) != ',') {
            String name = until(";,=").strip();
            String value = "";
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                value = value();
            }
            if (name.equalsIgnoreCase("rel") && !relationSeen) {
                // Of several only the first counts (RFC 8288, section 3.3).
                relationSeen = true;
                next = SPACE.splitAsStream(value.strip()).anyMatch("next"::equalsIgnoreCase);
            }
            if (at < text.length() && text.charAt(at) == ';') {
                at++;
            }
        }
        return next;
    }

    private String value() {
        String before = until(";,\"");
        if (at >= text.length() || text.charAt(at) != '"' || !before.isBlank()) {
            return before;
        }
        at++;
        String quoted = until("\"");
        at = Math.min(at + 1, text.length());
        until(";,");
        return quoted;
    }

    private String until(String ends) {
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }
}
