/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

/** Text of others made fit for a terminal. */
final class Printable {
    private Printable() {}

    /**
     * The text on one line, with every character that a terminal could act on written as an escape: control characters,
     * line separators, and the format characters that hide text or turn its direction.
     */
    static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(printable, c));
        return printable.toString();
    }

    private static void append(StringBuilder printable, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> escape(printable, c);
            default -> printable.appendCodePoint(c);
        }
    }

    private static void escape(StringBuilder printable, int c) {
        switch (c) {
            case '\n' -> printable.append("\\n");
            case '\r' -> printable.append("\\r");
            case '\t' -> printable.append("\\t");
            default -> printable.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        }
    }
}
