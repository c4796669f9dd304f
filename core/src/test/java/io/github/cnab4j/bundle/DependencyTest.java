/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bundle says of those that it depends on. */
class DependencyTest {
    private static List<Dependency> read(String extension) {
        return Dependency.of(Bundle.parse(
                ("{\"custom\":{\"io.cnab.dependencies\":" + extension + "}}").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void allMembers_areRead() {
        assertThat(read("{\"requires\":{\"db\":{\"bundle\":\"r.example/db\","
                        + "\"version\":{\"ranges\":[\"1.x\",\"2.x\"],\"prereleases\":true},\"other\":1}}}"))
                .containsExactly(new Dependency("db", "r.example/db", List.of("1.x", "2.x"), true));
    }

    @Test
    void sequence_isTheOrder_andTheOthersFollow() {
        assertThat(read("{\"requires\":{\"a\":{\"bundle\":\"a\"},\"b\":{\"bundle\":\"b\"},\"c\":{\"bundle\":\"c\"}},"
                        + "\"sequence\":[\"c\",\"a\"]}"))
                .extracting(Dependency::key)
                .containsExactly("c", "a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null", "{}", "{\"requires\":null}", "{\"requires\":{},\"sequence\":null}"})
    void nothing_isNothing(String extension) {
        assertThat(read(extension)).isEmpty();
        assertThat(Dependency.of(Bundle.parse("{}".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                        | custom[\"io.cnab.dependencies\"]",
                "{\"requires\":[]}                                         | requires",
                "{\"requires\":{\"a\":[]}}                                 | requires.a",
                "{\"requires\":{\"a\":{}}}                                 | requires.a.bundle",
                "{\"requires\":{\"a\":{\"bundle\":7}}}                     | requires.a.bundle",
                "{\"requires\":{\"a\":{\"bundle\":\"b\",\"version\":\"1\"}}}           | requires.a.version",
                "{\"requires\":{\"a\":{\"bundle\":\"b\",\"version\":{\"ranges\":[1]}}}} | version.ranges",
                "{\"requires\":{\"a\":{\"bundle\":\"b\",\"version\":{\"prereleases\":\"yes\"}}}} | version.prereleases",
                "{\"requires\":{},\"sequence\":[\"a\"]}                    | sequence",
                "{\"requires\":{},\"sequence\":\"a\"}                      | sequence",
            })
    void wrongTypes_areRefusedWithTheirPlace(String extension, String place) {
        InvalidInputException failure = catchThrowableOfType(InvalidInputException.class, () -> read(extension));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_BUNDLE);
        assertThat(failure).hasMessageContaining(place);
    }
}
