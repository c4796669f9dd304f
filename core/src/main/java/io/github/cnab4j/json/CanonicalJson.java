/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * Canonical JSON (RFC 8785, JCS): members sorted by UTF-16 units, no white space, numbers as ECMAScript writes doubles. Stateless
 * and safe for use by several threads.
 */
public final class CanonicalJson {
    private static final JsonWriter.Dialect DIALECT = new Canonical();

    private CanonicalJson() {}

    /**
     * The canonical bytes of {@code value}, without a newline at the end.
     *
     * @throws InvalidInputException if a string holds a lone surrogate or a number is beyond a double; values that
     *     {@link JsonReader} gave hold neither
     */
    public static byte[] write(JsonValue value) {
        return new JsonWriter(DIALECT, null).write(value);
    }

    private static final class Canonical implements JsonWriter.Dialect {
        @Override
        public Iterator<Map.Entry<String, JsonValue>> members(JsonObject object) {
            return new TreeMap<>(object.members()).entrySet().iterator();
        }

        @Override
        public void string(String value, StringBuilder out) {
            if (Surrogates.firstLone(value) >= 0) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_JSON, "a string with a lone surrogate has no canonical form");
            }
            out.append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (!StringEscapes.escaped(c, out)) {
                    out.append(c);
                }
            }
            out.append('"');
        }

        @Override
        public void number(JsonNumber number, StringBuilder out) {
            try {
                out.append(NumberToJSON.serializeNumber(number.toDouble()));
            } catch (IOException infinite) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_JSON, "a number beyond a double has no canonical form", null, infinite);
            }
        }
    }
}
