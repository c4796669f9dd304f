/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final String SAMPLE = """
            {"name": "app", "ünï": [1, -0, 1.50, 1e3, true, false, null, "\\ud83d\\ude00 é"],
             "nested": {"a": {"b": [[], {}]}}}
            """;

    @Test
    void keepsOrderUnknownMembersAndTheTextOfNumbers() {
        JsonObject object = JsonReader.readObject(utf8("{\"z\":1.50,\"a\":-0,\"m\":1E3}"), JsonLimits.BUNDLE);

        assertThat(object.members().keySet()).containsExactly("z", "a", "m");
        assertThat(new String(GoJson.write(object), StandardCharsets.UTF_8))
                .isEqualTo("{\"z\":1.50,\"a\":-0,\"m\":1E3}");
    }

    @Test
    void canonicalFormIsStable() {
        byte[] once = CanonicalJson.write(JsonReader.read(utf8(SAMPLE), JsonLimits.BUNDLE));
        byte[] twice = CanonicalJson.write(JsonReader.read(once, JsonLimits.BUNDLE));

        assertThat(new String(once, StandardCharsets.UTF_8))
                .isEqualTo("{\"name\":\"app\",\"nested\":{\"a\":{\"b\":[[],{}]}},"
                        + "\"ünï\":[1,0,1.5,1000,true,false,null,\"😀 é\"]}");
        assertThat(twice).isEqualTo(once);
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "{",
                    "[1,",
                    "{\"a\"",
                    "\"abc",
                    "tru",
                    "{\"a\":1,}",
                    "[1,]",
                    "{a:1}",
                    "{'a':1}",
                    "01",
                    "+1",
                    "1.",
                    ".5",
                    "1e",
                    "-",
                    "NaN",
                    "Infinity",
                    "0x10",
                    "1_000",
                    "// x\n1",
                    "1 2",
                    "{} x",
                    "{}\u0000",
                    "\f{}",
                    "\u00a0{}",
                    "\"\t\"",
                    "\"\\x\"",
                    "\"\\u12\""
                })
        void whatIsNotJson(String text) {
            assertThat(refusal(utf8(text)).code()).isEqualTo(ErrorCode.INVALID_JSON);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\"", "\"\\udc00\\ud800\"", "\"\\ud800x\"", "{\"\\ud800\":1}"})
        void loneSurrogates(String text) {
            assertThat(refusal(utf8(text)))
                    .hasMessageContaining("lone surrogate")
                    .extracting(InvalidInputException::code)
                    .isEqualTo(ErrorCode.INVALID_JSON);
        }

        @Test
        void duplicateMembersAlsoWhereOneIsEscaped() {
            assertThat(refusal(utf8("{\n  \"a\": 1,\n  \"\\u0061\": 2\n}")))
                    .hasMessage("invalid JSON at line 3, column 3: the member \"a\" for the second time in one object");
        }

        @Test
        void bytesThatAreNotUtf8WithTheirPlace() {
            assertThat(refusal(new byte[] {'{', '\n', '"', (byte) 0xc3, (byte) 0x28, '"', '}'}))
                    .hasMessage("invalid JSON at line 2, column 2: a byte sequence that is not UTF-8");
            assertThat(refusal(new byte[] {'"', (byte) 0xe2, (byte) 0x82})).hasMessageContaining("not UTF-8");
            assertThat(refusal(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                    .hasMessageContaining("not UTF-8");
            assertThat(refusal(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'})).hasMessageContaining("not UTF-8");
        }

        @Test
        void aByteOrderMark() {
            assertThat(refusal(utf8("\uFEFF{}"))).hasMessageContaining("byte order mark");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1e400", "-1e400", "[1e309]"})
        void numbersBeyondADouble(String text) {
            assertThat(refusal(utf8(text))).hasMessageContaining("double");
        }

        @Test
        void dataAfterTheEndWithItsPlace() {
            assertThat(refusal(utf8("{}\n  {}"))).hasMessageStartingWith("invalid JSON at line 2, column 3:");
        }

        @Test
        void aTextWithoutRepeatingItsSecrets() {
            assertThat(refusal(utf8("{\"auth\": c2VjcmV0}")).getMessage()).doesNotContain("c2VjcmV0");
        }

        @Test
        void anythingButAnObjectWhereOneIsWanted() {
            InvalidInputException refused = catchThrowableOfType(
                    InvalidInputException.class, () -> JsonReader.readObject(utf8("[]"), JsonLimits.BUNDLE));

            assertThat(refused).hasMessageContaining("an array where an object is expected");
        }
    }

    @Nested
    class Limits {
        private static final JsonLimits SMALL = new JsonLimits(20, 3, 5);

        @ParameterizedTest
        @ValueSource(strings = {"[[[1]]]", "[1,2,3,4]", "\"123456789012345678\""})
        void takeWhatReachesThem(String text) {
            assertThat(JsonReader.read(utf8(text), SMALL)).isNotNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"[[[[]]]]", "[{\"a\":[{}]}]", "[1,2,3,4,5]", "\"1234567890123456789\""})
        void refuseWhatExceedsThem(String text) {
            InvalidInputException refused =
                    catchThrowableOfType(InvalidInputException.class, () -> JsonReader.read(utf8(text), SMALL));

            assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }

        @Test
        void countBytesNotDigits() {
            JsonValue tiny = JsonReader.read(utf8("0." + "0".repeat(100_000) + "1"), JsonLimits.BUNDLE);

            assertThat(CanonicalJson.write(tiny)).isEqualTo(utf8("0"));
        }

        @Test
        void depthCostsNoStack() {
            int depth = JsonLimits.BUNDLE.maxDepth();
            byte[] deepest = utf8("[".repeat(depth) + "]".repeat(depth));

            JsonValue value = JsonReader.read(deepest, JsonLimits.BUNDLE);

            assertThat(CanonicalJson.write(value)).isEqualTo(deepest);
            assertThat(refusal(utf8("[".repeat(depth + 1))).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }
    }

    @RepeatedTest(10)
    void randomBytesGiveAValueOrARefusal(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = i % 2 == 0 ? randomJsonLike(random) : JsonMutations.bytes(random, utf8(SAMPLE));
            try {
                byte[] canonical = CanonicalJson.write(JsonReader.read(bytes, JsonLimits.MANIFEST));
                assertThat(CanonicalJson.write(JsonReader.read(canonical, JsonLimits.MANIFEST)))
                        .isEqualTo(canonical);
            } catch (CnabException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    private static byte[] randomJsonLike(Random random) {
        String alphabet = "{}[]:,\"\\u0123456789eE+-.truefalsn \n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            out.write(
                    random.nextInt(20) == 0 ? random.nextInt(256) : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toByteArray();
    }

    private static InvalidInputException refusal(byte[] text) {
        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> JsonReader.read(text, JsonLimits.BUNDLE));
        assertThat(refused)
                .as("a refusal of " + new String(text, StandardCharsets.UTF_8))
                .isNotNull();
        return refused;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
