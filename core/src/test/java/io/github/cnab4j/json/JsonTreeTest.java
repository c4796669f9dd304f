/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    @Nested
    class Equality {
        @Test
        void ignoresTheOrderOfMembersAndNotThatOfElements() {
            assertThat(read("{\"a\":1,\"b\":[1,2]}"))
                    .isEqualTo(read("{\"b\":[1,2],\"a\":1}"))
                    .hasSameHashCodeAs(read("{\"b\":[1,2],\"a\":1}"))
                    .isNotEqualTo(read("{\"a\":1,\"b\":[2,1]}"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"a\":null}",
                    "{\"a\":[{}]}",
                    "{\"a\":[{\"b\":2}]}",
                    "{\"a\":[{\"b\":1},0]}",
                    "{\"c\":[{\"b\":1}]}",
                    "{\"a\":{\"b\":1}}",
                    "[]"
                })
        void seesEveryDifference(String other) {
            assertThat(read("{\"a\":[{\"b\":1}]}")).isNotEqualTo(read(other));
            assertThat(read(other)).isNotEqualTo(read("{\"a\":[{\"b\":1}]}"));
        }

        @Test
        void costsNoStackHoweverDeepTheTree() {
            int depth = JsonLimits.BUNDLE.maxDepth() / 2;
            String text = "[{\"a\":".repeat(depth) + "1" + "}]".repeat(depth);

            assertThat(read(text))
                    .isEqualTo(read(text))
                    .hasSameHashCodeAs(read(text))
                    .isNotEqualTo(read(text.replace('1', '2')));
            assertThat(read(text).toString()).startsWith("[{\"a\":[{\"a\":").endsWith("…");
        }
    }

    @Nested
    class Objects {
        @Test
        void membersKeepTheirPlaces() {
            JsonObject object =
                    JsonObject.builder().put("b", 1).put("a", "x").put("c", 2).build();

            assertThat(object.with("b", JsonNull.NULL).members().keySet()).containsExactly("b", "a", "c");
            assertThat(object.with("d", JsonNull.NULL).members().keySet()).containsExactly("b", "a", "c", "d");
            assertThat(object.without("a").members().keySet()).containsExactly("b", "c");
        }

        @Test
        void changesOfWhatTheyWereMadeFromDoNotReachThem() {
            Map<String, JsonValue> members = new LinkedHashMap<>(Map.of("a", JsonNull.NULL));
            List<JsonValue> elements = new ArrayList<>(List.of(JsonNull.NULL));
            JsonObject.Builder builder = JsonObject.builder().put("a", 1);
            JsonObject copied = JsonObject.of(members);
            JsonObject built = builder.build();
            JsonArray array = new JsonArray(elements);

            members.clear();
            elements.clear();
            builder.put("b", 2);

            assertThat(copied.members()).hasSize(1);
            assertThat(built.members()).hasSize(1);
            assertThat(array.size()).isEqualTo(1);
        }

        @Test
        void cannotBeChangedThroughTheirViews() {
            assertThatThrownBy(() -> read("{\"a\":1}").members().clear())
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void nullIsAMemberThatIsThere() {
            JsonObject object = read("{\"a\":null}");

            assertThat(object.has("a")).isTrue();
            assertThat(object.get("a")).isEqualTo(JsonNull.NULL);
            assertThat(object.get("b")).isNull();
            assertThat(object.string("a")).isEmpty();
        }

        private JsonObject read(String text) {
            return (JsonObject) JsonTreeTest.read(text);
        }
    }

    @Nested
    class Numbers {
        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "9223372036854775807", "-9223372036854775808"})
        void integersFitALongToItsEnds(String text) {
            assertThat(new JsonNumber(text).toLong()).hasValue(Long.parseLong(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.0", "1e3", "9223372036854775808", "-9223372036854775809", "12345678901234567890"})
        void nothingElseIsALong(String text) {
            assertThat(new JsonNumber(text).toLong()).isEqualTo(OptionalLong.empty());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "01", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "1 ", "١"})
        void textOutsideTheGrammarIsNoNumber(String text) {
            assertThatThrownBy(() -> new JsonNumber(text)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void thereIsNoNumberForInfinity() {
            assertThatThrownBy(() -> JsonNumber.of(Double.POSITIVE_INFINITY))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(JsonNumber.of(-0.0).text()).isEqualTo("-0");
        }
    }

    @Test
    void limitsUnderWhichNothingCanBeReadAreRefused() {
        assertThatThrownBy(() -> new JsonLimits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JsonLimits(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JsonLimits(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonValue read(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE);
    }
}
