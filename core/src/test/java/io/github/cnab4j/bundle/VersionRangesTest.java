/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which versions ranges allow, and which of them is taken. */
class VersionRangesTest {
    private static final List<String> TAGS = List.of(
            "1.2.3",
            "1.2.4-rc.1",
            "v1.5.0",
            "1.9.9",
            "2.9.0",
            "3.0.0",
            "3.1.0",
            "4.0.0-rc.1",
            "latest",
            "5",
            "6.0",
            "07.0.0");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1.2.3 ; 1.2.3",
                "v1.2.3 ; 1.2.3",
                "1.2.x ; 1.2.3",
                "1.2 ; 1.2.3",
                "1.x ; 1.9.9",
                "v1.x ; 1.9.9",
                "1.X ; 1.9.9",
                "1.5.x - 3 ; 3.1.0",
                "1.2.3 - 2.9.0 ; 2.9.0",
                ">=1.2 <2 ; 1.9.9",
                ">=1.2, <2 ; 1.9.9",
                ">= 1.2 < 1.9 ; v1.5.0",
                "^1.2 ; 1.9.9",
                "~1.5.0 ; v1.5.0",
                "1.2.x || 2.x ; 2.9.0",
                "* ; 3.1.0",
            })
    void highestVersionInTheRange_isTaken_withoutPreReleases(String range, String tag) {
        assertThat(VersionRanges.of(List.of(range), false).highest(TAGS)).contains(tag);
    }

    @ParameterizedTest
    @CsvSource({"1.2.x, 1.2.4-rc.1", "4.x, 4.0.0-rc.1", "1.2.4-rc.1, 1.2.4-rc.1"})
    void preReleases_countWhereTheyAreAskedFor(String range, String tag) {
        assertThat(VersionRanges.of(List.of(range), true).highest(TAGS)).contains(tag);
        assertThat(VersionRanges.of(List.of(range), false).highest(TAGS)).isNotEqualTo(java.util.Optional.of(tag));
    }

    @Test
    void withoutRanges_everyVersionCounts() {
        assertThat(VersionRanges.of(List.of(), false).highest(TAGS)).contains("3.1.0");
        assertThat(VersionRanges.of(List.of(), true).highest(TAGS)).contains("4.0.0-rc.1");
        assertThat(VersionRanges.of(List.of(), true).highest(List.of("latest", "5")))
                .isEmpty();
    }

    @Test
    void ofTwoTagsOfOneVersion_theSameIsTakenInAnyOrder() {
        VersionRanges all = VersionRanges.of(List.of(), false);

        assertThat(all.highest(List.of("1.0.0", "v1.0.0"))).contains("1.0.0");
        assertThat(all.highest(List.of("v1.0.0", "1.0.0"))).contains("1.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "latest",
                "1.2.3 -",
                "- 2",
                "[1.0,2.0)",
                "=>1.2",
                "||",
                "1.x ||",
                "1..2",
                "1.2.3.4",
                "a.b.c",
                "1.2.3 - 2 - 3",
                "9999999999.0.0",
                ">",
                "1.x; rm"
            })
    void whatIsNoRange_isRefused_notTakenForAny(String range) {
        InvalidInputException failure =
                catchThrowableOfType(InvalidInputException.class, () -> VersionRanges.of(List.of(range), false));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_BUNDLE);
    }

    @Test
    void longRange_isRefused() {
        assertThat(catchThrowableOfType(
                        InvalidInputException.class,
                        () -> VersionRanges.of(List.of(">=1.0.0 ".repeat(40) + "<2"), false)))
                .hasMessageContaining("256");
    }
}
