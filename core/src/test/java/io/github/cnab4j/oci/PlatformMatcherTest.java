/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformMatcherTest {
    private static final Platform MACHINE = Platform.of("linux", "amd64", null);

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64/v1, true",
        "linux/amd64, Linux/X86_64, true",
        "linux/amd64, linux/amd64/v2, false",
        "linux/amd64/v2, linux/amd64, false",
        "linux/amd64, windows/amd64, false",
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64/v8, linux/aarch64, true",
        "linux/arm64/v9, linux/arm64/v8, false",
        "linux/arm64, linux/arm64/v9, false",
        "linux/arm, linux/arm/v7, true",
        "linux/arm, linux/armhf, true",
        "linux/arm/v7, linux/arm/v6, false",
        "linux/arm/v6, linux/armel, true",
        "linux/arm64, linux/arm/v7, false",
    })
    void systemArchitectureAndVariantAreEqual(String wanted, String image, boolean matches) {
        assertThat(matcher(wanted).matches(platform(image))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux(+a)/amd64, false",
        "linux(+a)/amd64, linux/amd64, true",
        "linux(+b+a)/amd64, linux(+a+b)/amd64, true",
        "linux(+a)/amd64, linux(+a+b)/amd64, false",
        "linux/amd64, linux(+win32k)/amd64, false",
        "windows/amd64, windows(+win32k)/amd64, true",
        "windows(+other)/amd64, windows(+other+win32k)/amd64, true",
        "windows/amd64, windows(+other)/amd64, false",
    })
    void anImageNeedsNoFeatureThatIsNotWanted(String wanted, String image, boolean matches) {
        assertThat(matcher(wanted).matches(platform(image))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "linux(5.10)/amd64, linux(5.11)/amd64, true",
        "windows/amd64, windows(10.0.17763.1)/amd64, true",
        "windows(10.0.17763)/amd64, windows/amd64, true",
        "windows(10.0.17763)/amd64, windows(10.0.17763.5329)/amd64, true",
        "windows(10.0.17763)/amd64, windows(10.0.17762)/amd64, false",
        "windows(10.0.20347)/amd64, windows(10.0.20346)/amd64, false",
        "windows(10.0.20348)/amd64, windows(10.0.17763)/amd64, false",
        "windows(10.0.22621)/amd64, windows(10.0.20348)/amd64, true",
        "windows(10.0.22621)/amd64, windows(10.0.22622)/amd64, false",
        "windows(10.0.26100)/amd64, windows(10.0.20348)/amd64, true",
        "windows(10.0.26101)/amd64, windows(10.0.26100)/amd64, true",
        "windows(10.0.26101)/amd64, windows(10.0.25398)/amd64, false",
        "windows(6.3.20348)/amd64, windows(10.0.20348)/amd64, false",
        "windows(10.0)/amd64, windows(6.3.9600)/amd64, true",
        "windows(10.0.65536)/amd64, windows(6.3.9600)/amd64, true",
        "windows(10.0.20348)/amd64, windows(10.0)/amd64, false",
        "windows(10.0.20348)/amd64, windows(10.0.x)/amd64, false",
    })
    void theVersionOfWindowsCanRunTheImage(String wanted, String image, boolean matches) {
        assertThat(matcher(wanted).matches(platform(image))).isEqualTo(matches);
    }

    @Test
    void anyOfThePlatformsIsEnough() {
        PlatformMatcher matcher = matcher("linux/amd64", "windows/amd64");

        assertThat(matcher.matches(platform("windows/amd64"))).isTrue();
        assertThat(matcher.matches(platform("darwin/amd64"))).isFalse();
        assertThat(matcher).hasToString("linux/amd64, windows/amd64");
    }

    @Test
    void noPlatformMatchesNothing() {
        assertThat(matcher().matches(MACHINE)).isFalse();
    }

    @Test
    void anEmptySystemIsThatOfTheMachineThatFilters() {
        Platform image = Platform.of("", "arm64", null);
        List<Platform> wanted = List.of(platform("windows/arm64"));

        assertThat(PlatformMatcher.anyOf(wanted, MACHINE).matches(image)).isFalse();
        assertThat(PlatformMatcher.anyOf(wanted, Platform.of("windows", "amd64", null))
                        .matches(image))
                .isTrue();
    }

    private static PlatformMatcher matcher(String... wanted) {
        return PlatformMatcher.anyOf(
                Arrays.stream(wanted).map(PlatformMatcherTest::platform).toList(), MACHINE);
    }

    private static Platform platform(String specifier) {
        return Platform.parse(specifier, MACHINE);
    }
}
