/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelocationMapTest {
    @Test
    void namesAreComparedAsText() {
        RelocationMap map = parse("{\"app\":\"reg.example/app\",\"\":\"reg.example/empty\"}");

        assertThat(map.find("app")).hasValue("reg.example/app");
        assertThat(map.find("")).hasValue("reg.example/empty");
        assertThat(map.find("docker.io/library/app")).isEmpty();
    }

    @Test
    void entriesKeepTheirOrderAndAreWrittenSorted() {
        RelocationMap map = parse("{\"b\":\"2\",\"a\":\"1\"}").with("c", "3").with("b", "4");

        assertThat(map.entries()).containsExactly(Map.entry("b", "4"), Map.entry("a", "1"), Map.entry("c", "3"));
        assertThat(new String(map.canonical(), UTF_8)).isEqualTo("{\"a\":\"1\",\"b\":\"4\",\"c\":\"3\"}");
        assertThat(RelocationMap.parse(map.canonical())).isEqualTo(map);
    }

    @Test
    void changesGiveANewMap() {
        Map<String, String> entries = new LinkedHashMap<>(Map.of("a", "1"));
        RelocationMap map = new RelocationMap(entries);

        entries.put("b", "2");
        RelocationMap changed = map.withAll(Map.of("c", "3"));

        assertThat(map.entries()).containsOnlyKeys("a");
        assertThat(changed.entries()).containsOnlyKeys("a", "c");
        assertThatThrownBy(() -> map.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void emptyMapIsAnEmptyObject() {
        assertThat(new String(RelocationMap.empty().canonical(), UTF_8)).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\":1}|a number", "{\"a\":null}|null", "{\"a\":{\"b\":\"c\"}}|an object"})
    void placeThatIsNoStringIsRefusedWithItsImage(String json, String kind) {
        InvalidInputException refused = refusal(json);

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_RELOCATION_MAP);
        assertThat(refused).hasMessageContaining("\"a\" is mapped to " + kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"a\":\"1\",\"a\":\"2\"}", "{\"a\":\"1\"} x"})
    void textThatIsNoJsonObjectIsRefused(String text) {
        assertThat(refusal(text).code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    private static RelocationMap parse(String json) {
        return RelocationMap.parse(json.getBytes(UTF_8));
    }

    private static InvalidInputException refusal(String json) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> parse(json));
        assertThat(refused).as("a refusal of " + json).isNotNull();
        return refused;
    }
}
