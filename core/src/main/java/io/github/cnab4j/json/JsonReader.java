/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from outside. It takes RFC 8259 texts that RFC 7493 (I-JSON) allows and nothing else: UTF-8 without a byte order
 * mark, one value and no data after it, no duplicate members, no lone surrogates, no number beyond a double. Whatever else is
 * in the text is kept: unknown members, their order, the text of numbers. Stateless and safe for use by several threads.
 */
public final class JsonReader {
    private JsonReader() {}

    /**
     * Reads one value.
     *
     * @param utf8 the whole text
     * @throws InvalidInputException {@link ErrorCode#INVALID_JSON} with line and column (in UTF-16 units, from 1), or
     *     {@link ErrorCode#LIMIT_EXCEEDED}
     */
    public static JsonValue read(byte[] utf8, JsonLimits limits) {
        if (utf8.length > limits.maxBytes()) {
            throw new InvalidInputException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the JSON text has " + utf8.length + " bytes, the limit is " + limits.maxBytes());
        }
        return new TreeParser(decode(utf8), limits).parse();
    }

    /**
     * Reads one value that has to be an object.
     *
     * @param utf8 the whole text
     * @throws InvalidInputException as {@link #read}, also if the value is not an object
     */
    public static JsonObject readObject(byte[] utf8, JsonLimits limits) {
        JsonValue value = read(utf8, limits);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_JSON, "the JSON text is " + value.kind() + " where an object is expected");
    }

    private static CharBuffer decode(byte[] utf8) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            throw JsonErrors.at(
                    line(out),
                    column(out),
                    "a byte sequence that is not UTF-8",
                    "Save the text as UTF-8; characters are not replaced, so that nothing changes unseen.");
        }
        if (out.hasRemaining() && out.get(0) == '\uFEFF') {
            throw JsonErrors.at(1, 1, "a byte order mark", "Save the text as UTF-8 without a byte order mark.");
        }
        return out;
    }

    private static int line(CharBuffer text) {
        return 1 + (int) text.chars().filter(c -> c == '\n').count();
    }

    private static int column(CharBuffer text) {
        int start = text.length();
        while (start > 0 && text.get(start - 1) != '\n') {
            start--;
        }
        return text.length() - start + 1;
    }
}
