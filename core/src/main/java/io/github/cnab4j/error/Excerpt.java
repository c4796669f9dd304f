/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

/**
 * Text from outside as a message may show it: on one line, of limited length, unable to steer a terminal.
 */
public final class Excerpt {
    private static final int MAX_LENGTH = 160;

    private Excerpt() {}

    /**
     * {@code text} in double quotes. Control and format characters, line separators and lone surrogates are written as
     * {@code \}{@code uXXXX}; what exceeds 160 characters is cut and marked by an ellipsis.
     */
    public static String quoted(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 3).append('"');
        int length = 0;
        for (int i = 0; i < text.length(); length++) {
            if (length == MAX_LENGTH) {
                shown.append('…');
                break;
            }
            int c = text.codePointAt(i);
            if (isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
            i += Character.charCount(c);
        }
        return shown.append('"').toString();
    }

    private static boolean isPlain(int c) {
        if (c < 0x7f) {
            return c >= 0x20;
        }
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
