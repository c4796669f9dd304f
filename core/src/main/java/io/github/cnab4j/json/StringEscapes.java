/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.util.HexFormat;

/** The escapes that both written forms share: quote, backslash and control characters. */
final class StringEscapes {
    private static final HexFormat HEX = HexFormat.of();

    private StringEscapes() {}

    /** Writes {@code c} escaped if JSON demands it. */
    static boolean escaped(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c >= ' ') {
                    return false;
                }
                hex(c, out);
            }
        }
        return true;
    }

    /** Writes {@code c} as backslash, u and four lower-case hexadecimal digits. */
    static void hex(char c, StringBuilder out) {
        out.append("\\u").append(HEX.toHexDigits(c));
    }
}
