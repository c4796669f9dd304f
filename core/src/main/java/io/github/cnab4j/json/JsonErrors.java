/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Words for texts that are refused. No more than one character of the text is shown: it may hold secrets. */
final class JsonErrors {
    private static final int LONGEST_MESSAGE = 200;

    private JsonErrors() {}

    static InvalidInputException at(int line, int column, String what, String hint) {
        return new InvalidInputException(ErrorCode.INVALID_JSON, place(line, column) + ": " + what, hint);
    }

    static InvalidInputException at(TokenStreamLocation location, String what, String hint) {
        return at(location.getLineNr(), location.getColumnNr(), what, hint);
    }

    static InvalidInputException limit(TokenStreamLocation location, String what) {
        return new InvalidInputException(
                ErrorCode.LIMIT_EXCEEDED,
                "JSON exceeds a limit at line " + location.getLineNr() + ", column " + location.getColumnNr() + ": "
                        + what);
    }

    static InvalidInputException loneSurrogate(TokenStreamLocation location) {
        return at(
                location,
                "a lone surrogate in a string",
                "Write the character itself, or both halves of its pair of \\u escapes.");
    }

    static InvalidInputException cutOff(TokenStreamLocation location) {
        return at(location, "the text ends too early", "The text was cut off; get it whole again.");
    }

    static InvalidInputException syntax(JacksonException refused) {
        TokenStreamLocation location = refused.getLocation();
        String message = String.valueOf(refused.getOriginalMessage());
        if (refused instanceof UnexpectedEndOfInputException) {
            return cutOff(location);
        }
        if (message.contains("surrogate")) {
            return loneSurrogate(location);
        }
        return at(location, reason(message), "Correct the text there.");
    }

    private static String reason(String message) {
        if (message.startsWith("Unrecognized token")) {
            return "unquoted text where a value is expected";
        }
        String line = message.lines().findFirst().orElse("");
        return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) : line;
    }

    private static String place(int line, int column) {
        return "invalid JSON at line " + line + ", column " + column;
    }
}
