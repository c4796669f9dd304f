/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md promises what a test holds, and the tests of this package hold what it promises. */
class SecurityPolicyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TEST_METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest)\\b[^{;]*?\\bvoid (\\w+)\\(", Pattern.DOTALL);

    private static List<MatchResult> named() throws IOException {
        return NAMED.matcher(Files.readString(ROOT.resolve("SECURITY.md")))
                .results()
                .toList();
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .toList();
        }
    }

    @Test
    void everyTestThatIsNamed_exists() throws IOException {
        List<Path> sources = testSources();

        assertThat(named()).hasSizeGreaterThan(50).allSatisfy(name -> {
            String method = " void " + name.group(2) + "(";
            assertThat(sources)
                    .filteredOn(file -> file.getFileName().toString().equals(name.group(1) + ".java"))
                    .anySatisfy(file -> assertThat(Files.readString(file)).contains(method));
        });
    }

    @Test
    void everyAttackHere_isPromisedAgainst() throws IOException {
        List<String> promised = named().stream().map(name -> name.group(2)).toList();

        for (Path source : testSources()) {
            if (source.getParent().endsWith("security") && !source.endsWith("SecurityPolicyTest.java")) {
                List<String> attacks = TEST_METHOD
                        .matcher(Files.readString(source))
                        .results()
                        .map(test -> test.group(1))
                        .filter(test -> !test.equals("registryInside_maySendItsClientsThere"))
                        .toList();
                assertThat(attacks).isNotEmpty();
                assertThat(promised).as(source.toString()).containsAll(attacks);
            }
        }
    }
}
