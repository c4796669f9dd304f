/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vectors do not say: other machines, refusals, and what holds for every specifier. */
class PlatformTest {
    private static final Platform MACHINE = Platform.of("linux", "amd64", null);

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux/amd64",
        "Linux, x86_64, linux/amd64",
        "Linux, aarch64, linux/arm64",
        "Linux, arm, linux/arm/v7",
        "Linux, x86, linux/386",
        "Linux, ppc64le, linux/ppc64le",
        "Linux, s390x, linux/s390x",
        "Linux, riscv64, linux/riscv64",
        "Linux, loongarch64, linux/loong64",
        "Mac OS X, aarch64, darwin/arm64",
        "Windows 11, amd64, windows/amd64",
        "Windows Server 2022, amd64, windows/amd64",
        "FreeBSD, amd64, freebsd/amd64",
        "SunOS, amd64, solaris/amd64",
    })
    void aMachineHasTheNamesOfGo(String osName, String osArch, String platform) {
        assertThat(Platform.named(osName, osArch)).hasToString(platform);
    }

    @ParameterizedTest
    @CsvSource({
        "arm64, windows/amd64, windows/arm64",
        "windows, darwin/arm64, windows/arm64",
        "linux, linux/arm/v6, linux/arm/v6",
        "linux, linux/arm/v7, linux/arm",
        "linux, linux/arm64/v9, linux/arm64",
        "windows(10.0.17763), linux/amd64, windows(10.0.17763)/amd64",
    })
    void theMachineGivesWhatASpecifierLeavesOut(String specifier, String machine, String expected) {
        assertThat(Platform.parse(specifier, Platform.parse(machine, MACHINE))).hasToString(expected);
    }

    @Test
    void anEmptySystemIsThatOfTheMachine() {
        assertThat(Platform.of("", "arm64", null).normalized(Platform.of("windows", "amd64", null)))
                .isEqualTo(Platform.of("windows", "arm64", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "linux/",
                "/amd64",
                "linux//v8",
                "linux/arm64/",
                "linux/arm64/v8/",
                "linux/*",
                "lin ux/amd64",
                "linux/amd\n64",
                "linux(+)/amd64",
                "linux((1))/amd64",
                "linux(1)(2)/amd64",
                "linux(1/amd64",
                "linux(%2)/amd64",
                "linux(%)/amd64",
                "linux(%ff)/amd64",
                "amd64(1)",
                "what-ever",
                "lınux/\u0131",
            })
    void aSpecifierOutsideTheGrammarIsRefusedWithAHint(String specifier) {
        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> Platform.parse(specifier, MACHINE));

        assertThat(refused).as("refusal of %s", specifier).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PLATFORM);
        assertThat(refused.hint()).isPresent();
    }

    @Test
    void emptyMembersOfADocumentAreNotWritten() {
        assertThat(new Platform("linux", "amd64", "", "", List.of("")).toString())
                .isEqualTo("linux/amd64");
        assertThat(Platform.of("", "amd64", "v1").toString()).isEqualTo("unknown");
    }

    @Test
    void whatTheSyntaxUsesIsEscaped() {
        Platform platform = new Platform("windows", "amd64", null, "10(0)", List.of("a/b", "c+d", "50%"));

        assertThat(platform.toString()).isEqualTo("windows(10%280%29+50%25+a%2Fb+c%2Bd)/amd64");
        assertThat(Platform.parse(platform.toString(), MACHINE)).isEqualTo(platform.normalized(MACHINE));
    }

    @RepeatedTest(3)
    void whateverIsAcceptedCanBeWrittenAndReadBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String[] parts = {
            "linux",
            "Windows",
            "macos",
            "foo",
            "/",
            "/",
            "amd64",
            "x86_64",
            "arm",
            "armhf",
            "ARM64",
            "386",
            "v8",
            "v7",
            "6",
            "(",
            ")",
            "+",
            "+a",
            "+b",
            "10.0.17763",
            "%2B",
            "%c3%a9",
            "%",
            "-",
            "_",
            "*",
            " ",
            "é"
        };
        int accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder specifier = new StringBuilder();
            for (int length = 1 + random.nextInt(7); length > 0; length--) {
                specifier.append(parts[random.nextInt(parts.length)]);
            }
            try {
                Platform platform = Platform.parse(specifier.toString(), MACHINE);
                assertThat(Platform.parse(platform.toString(), MACHINE).normalized(MACHINE))
                        .as(specifier.toString())
                        .isEqualTo(platform.normalized(MACHINE));
                assertThat(platform.normalized(MACHINE).normalized(MACHINE)).isEqualTo(platform.normalized(MACHINE));
                accepted++;
            } catch (InvalidInputException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PLATFORM);
            }
        }
        assertThat(accepted).isPositive();
    }
}
