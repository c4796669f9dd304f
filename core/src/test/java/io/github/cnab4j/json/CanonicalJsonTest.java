/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785, by its sections. */
class CanonicalJsonTest {
    /** Section 3.2.2.3 and appendix B: doubles by their bits. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void doublesAreWrittenAsEcmaScriptWritesThem(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(canonical(Double.toString(value))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "-0, 0",
        "-0.0, 0",
        "1.0, 1",
        "1E3, 1000",
        "1e+3, 1000",
        "0.10, 0.1",
        "9007199254740993, 9007199254740992",
        "1e-400, 0",
        "123456789012345678901234567890, 1.2345678901234568e+29"
    })
    void numbersHaveOneFormHoweverTheyWereWritten(String written, String text) {
        assertThat(canonical(written)).isEqualTo(text);
    }

    @RepeatedTest(5)
    void everyDoubleIsReadBackAsItself(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 1_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(canonical(Double.toString(value))))
                        .isEqualTo(value + 0.0);
            }
        }
    }

    @Test
    void numberBeyondADoubleHasNoForm() {
        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> CanonicalJson.write(new JsonNumber("1e309")));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    /** Section 3.2.2.2. */
    @Test
    void stringsAreEscapedOnlyWhereTheyMustBe() {
        assertThat(
                        canonical(
                                "\"\\u0000\\u0008\\u0009\\u000a\\u000c\\u000d\\u001f\\u0022\\u005c\\/\\u007f\\u00e9<>&\\u2028\""))
                .isEqualTo("\"\\u0000\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\u007f\u00e9<>&\u2028\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00", "a\udc00\ud800b", "\ud83d"})
    void halfASurrogatePairHasNoForm(String text) {
        InvalidInputException value =
                catchThrowableOfType(InvalidInputException.class, () -> CanonicalJson.write(new JsonString(text)));
        InvalidInputException name = catchThrowableOfType(
                InvalidInputException.class,
                () -> CanonicalJson.write(JsonObject.builder().put(text, 1).build()));

        assertThat(value.code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(name.code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    /** Section 3.2.3: a character beyond U+FFFF sorts by its first half, so before U+FB33. */
    @Test
    void membersAreSortedByUtf16Units() {
        assertThat(canonical(
                        "{\"\u20ac\":1,\"\\r\":2,\"\ufb33\":3,\"1\":4,\"\ud83d\ude00\":5,\"\u0080\":6,\"\u00f6\":7}"))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void membersAreSortedAtEveryLevelAndElementsKeepTheirOrder() {
        assertThat(canonical("{ \"b\" : [ 3, {\"z\":1, \"a\":[ ]}, 1 ],\n \"a\" : { } , \"\":null}"))
                .isEqualTo("{\"\":null,\"a\":{},\"b\":[3,{\"a\":[],\"z\":1},1]}");
    }

    private static String canonical(String json) {
        JsonValue value = JsonReader.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE);
        return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
    }
}
