/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

/**
 * The terminals of Docker's reference grammar. Each predicate walks its text once and holds for the whole of it; only ASCII is
 * ever accepted.
 */
final class Grammar {
    private static final int MAX_TAG_LENGTH = 128;
    private static final int IDENTIFIER_LENGTH = 64;

    private Grammar() {}

    /** A letter, digit or underscore, followed by at most 127 of these, dots and dashes. */
    static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > MAX_TAG_LENGTH || !isWord(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isWord(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Components between slashes. */
    static boolean isPath(String text) {
        int start = 0;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
            if (!isPathComponent(text, start, slash)) {
                return false;
            }
            start = slash + 1;
        }
        return isPathComponent(text, start, text.length());
    }

    /** Lower-case letters and digits with separators between them: a dot, one or two underscores, or any number of dashes. */
    static boolean isPathComponent(String text, int start, int end) {
        int i = start;
        while (i < end && isLowerOrDigit(text.charAt(i))) {
            i = afterAlphanumerics(text, i, end);
            if (i == end) {
                return true;
            }
            i = afterSeparator(text, i, end);
        }
        return false;
    }

    /** A domain name, an IPv4 address or a bracketed IPv6 address, with or without a port. */
    static boolean isHost(String text) {
        int portSeparator = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int bracket = text.lastIndexOf(']');
            return isBracketedAddress(text, bracket)
                    && (bracket == text.length() - 1 || (portSeparator == bracket + 1 && isPort(text, portSeparator)));
        }
        if (portSeparator < 0) {
            return isDomainName(text, text.length());
        }
        return isPort(text, portSeparator) && isDomainName(text, portSeparator);
    }

    /** Whether a first component with a slash behind it is a registry rather than a part of the path on Docker Hub. */
    static boolean looksLikeHost(String component) {
        if (component.equals("localhost")) {
            return true;
        }
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            if (c == '.' || c == ':' || isUpper(c)) {
                return true;
            }
        }
        return false;
    }

    /** 64 lower-case hexadecimal digits: an image identifier, which no repository may be taken for. */
    static boolean isIdentifier(String text) {
        if (text.length() != IDENTIFIER_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDigit(c) && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    static boolean hasUpperCase(String text) {
        return text.chars().anyMatch(c -> isUpper((char) c));
    }

    private static int afterAlphanumerics(String text, int start, int end) {
        int i = start;
        while (i < end && isLowerOrDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int afterSeparator(String text, int start, int end) {
        char separator = text.charAt(start);
        int i = start + 1;
        if (separator == '-') {
            while (i < end && text.charAt(i) == '-') {
                i++;
            }
        } else if (separator == '_') {
            if (i < end && text.charAt(i) == '_') {
                i++;
            }
        } else if (separator != '.') {
            return end;
        }
        return i;
    }

    private static boolean isDomainName(String text, int end) {
        boolean afterAlphanumeric = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (isAlphanumeric(c)) {
                afterAlphanumeric = true;
            } else if (c == '.') {
                if (!afterAlphanumeric) {
                    return false;
                }
                afterAlphanumeric = false;
            } else if (c == '-') {
                // A dash may follow a dash, but must have an alphanumeric somewhere before it in its component.
                if (i == 0 || text.charAt(i - 1) == '.') {
                    return false;
                }
                afterAlphanumeric = false;
            } else {
                return false;
            }
        }
        return afterAlphanumeric;
    }

    private static boolean isBracketedAddress(String text, int bracket) {
        if (bracket < 2) {
            return false;
        }
        for (int i = 1; i < bracket; i++) {
            char c = text.charAt(i);
            if (c != ':' && !isHex(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String text, int separator) {
        for (int i = separator + 1; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return separator + 1 < text.length();
    }

    private static boolean isWord(char c) {
        return isAlphanumeric(c) || c == '_';
    }

    private static boolean isAlphanumeric(char c) {
        return isLowerOrDigit(c) || isUpper(c);
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
