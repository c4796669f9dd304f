/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.util.Iterator;
import java.util.Map;

/**
 * JSON as Go's {@code encoding/json} writes it, which decides the digests of manifests and indexes: members in the tree's order,
 * the characters {@code < > &}, U+2028 and U+2029 escaped, numbers with their own text. Half a surrogate pair, which Go cannot
 * hold, is written as its encoder writes a byte that is not UTF-8: the six characters {@code \}{@code ufffd}. Stateless and safe for use by
 * several threads.
 */
public final class GoJson {
    private static final JsonWriter.Dialect DIALECT = new Go();

    private GoJson() {}

    /** {@code value} without blanks and without a newline at the end, as {@code json.Marshal} gives it. */
    public static byte[] write(JsonValue value) {
        return new JsonWriter(DIALECT, null).write(value);
    }

    /**
     * {@code value} with one line for each member and element, as {@code json.MarshalIndent} without a prefix gives it; no
     * newline at the end.
     *
     * @param indent what is put in front of a line once for each level
     */
    public static byte[] indent(JsonValue value, String indent) {
        return new JsonWriter(DIALECT, indent).write(value);
    }

    private static final class Go implements JsonWriter.Dialect {
        @Override
        public Iterator<Map.Entry<String, JsonValue>> members(JsonObject object) {
            return object.members().entrySet().iterator();
        }

        @Override
        public void string(String value, StringBuilder out) {
            out.append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (Character.isSurrogate(c)) {
                    if (Surrogates.isPairAt(value, i)) {
                        out.append(c).append(value.charAt(++i));
                    } else {
                        StringEscapes.hex('\uFFFD', out);
                    }
                } else if (isMarkup(c)) {
                    StringEscapes.hex(c, out);
                } else if (!StringEscapes.escaped(c, out)) {
                    out.append(c);
                }
            }
            out.append('"');
        }

        private static boolean isMarkup(char c) {
            return c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
        }

        @Override
        public void number(JsonNumber number, StringBuilder out) {
            out.append(number.text());
        }
    }
}
