/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.page;

/** Writes HTML. Text and the values of attributes are escaped; only names that the code has written itself are not. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Opens an element, with attributes as name and value in turn. */
    Html open(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    Html close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    /** An element with text alone. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) || isInvisible(c) ? '\ufffd' : c);
            }
        }
    }

    /** Marks that turn the direction of writing could let one text look like another. */
    private static boolean isInvisible(char c) {
        return Character.getType(c) == Character.FORMAT;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
