/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads WWW-Authenticate fields (RFC 9110, section 11.6.1): several challenges in one field or many, parameters quoted or not,
 * commas and escapes within quotes. What cannot be read ends its field, without harm to the challenges before it.
 */
final class ChallengeParser {
    private final String text;
    private int at;
    private final List<Challenge> found = new ArrayList<>();

    private ChallengeParser(String text) {
        this.text = text;
    }

    static List<Challenge> parse(List<String> fields) {
        List<Challenge> challenges = new ArrayList<>();
        for (String field : fields) {
            ChallengeParser parser = new ChallengeParser(field);
            parser.challenges();
            challenges.addAll(parser.found);
        }
        return challenges;
    }

    private void challenges() {
        skipSeparators();
        while (at < text.length()) {
            String scheme = token();
            if (scheme.isEmpty()) {
                return;
            }
            skipSpace();
            found.add(Challenge.of(scheme, parameters()));
            skipSeparators();
        }
    }

    /** Parameters up to the next scheme: a token that no equals sign follows. */
    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (at < text.length()) {
            int start = at;
            skipSeparators();
            String name = token();
            skipSpace();
            if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
                at = start;
                skipToken68();
                return parameters;
            }
            at++;
            skipSpace();
            String value = at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
            parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            skipSpace();
            if (at < text.length() && text.charAt(at) != ',') {
                return parameters;
            }
        }
        return parameters;
    }

    /** The other form of a challenge, one opaque text (Negotiate); it means nothing to us. */
    private void skipToken68() {
        int end = at;
        while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ' ') {
            end++;
        }
        if (end > at && text.charAt(end - 1) == '=') {
            at = end;
        }
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
            at++;
        }
        at++;
        return value.toString();
    }

    private String unquoted() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
            at++;
        }
        return text.substring(start, at);
    }

    private String token() {
        int start = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void skipSeparators() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == ',')) {
            at++;
        }
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
