/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

/**
 * A number as it was written. Keeping the text means that a size beyond a double's precision is not rounded before somebody
 * decides what to do with it.
 *
 * @param text a number in JSON's grammar
 */
public record JsonNumber(String text) implements JsonValue {
    private static final Pattern GRAMMAR = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    /** Checks the text against JSON's grammar. */
    public JsonNumber {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException("not a JSON number: " + text);
        }
    }

    /** The number that {@code value} is. */
    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /**
     * The number that {@code value} is, as Go writes it: the shortest text that reads back as the same double.
     *
     * @throws IllegalArgumentException if the value is infinite or not a number
     */
    public static JsonNumber of(double value) {
        if (value == 0 && 1 / value < 0) {
            return new JsonNumber("-0");
        }
        try {
            return new JsonNumber(NumberToJSON.serializeNumber(value));
        } catch (IOException notFinite) {
            throw new IllegalArgumentException("JSON has no number " + value, notFinite);
        }
    }

    /** The nearest double, as RFC 8785 reads numbers. */
    public double toDouble() {
        return Double.parseDouble(text);
    }

    /** The value if it is written as an integer (no fraction, no exponent) and fits a long. */
    public OptionalLong toLong() {
        if (!INTEGER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException outOfRange) {
            return OptionalLong.empty();
        }
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonNumber jsonNumber && text.equals(jsonNumber.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String kind() {
        return "a number";
    }
}
