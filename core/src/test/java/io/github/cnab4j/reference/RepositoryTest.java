/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {
    @ParameterizedTest
    @CsvSource({
        "docker.io, app, docker.io/library/app, app",
        "index.docker.io, app, docker.io/library/app, app",
        "docker.io, ns/app, docker.io/ns/app, ns/app",
        "docker.io, library/a/b, docker.io/library/a/b, library/a/b",
        "h.test, library/app, h.test/library/app, h.test/library/app",
        "Docker.io, app, Docker.io/app, Docker.io/app",
    })
    void thereIsOneNormalFormHoweverItIsMade(String domain, String path, String name, String familiarName) {
        Repository repository = new Repository(domain, path);

        assertThat(repository).hasToString(name).isEqualTo(Reference.parse(name).repository());
        assertThat(repository.familiarName()).isEqualTo(familiarName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "h.test/",
                "h..test",
                "h.test:",
                "h.test:x",
                "[::1",
                "[",
                "a b.test",
                "é.test",
                "h.test\n"
            })
    void aDomainThatIsNoHostIsRefused(String domain) {
        assertRefused(domain, "app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a//b", "A", "a..b", "a___b", "a-", "_a", "a:b", "a@b", "../a", "é"})
    void aPathOutsideTheGrammarIsRefused(String path) {
        assertRefused("h.test", path);
    }

    @Test
    void thePathAndNotTheDomainHasALimit() {
        assertThat(new Repository("h".repeat(200) + ".test", "p".repeat(255)).path())
                .hasSize(255);
        assertRefused("h.test", "p".repeat(256));
        assertRefused("docker.io", "p".repeat(255 - "library/".length() + 1));
    }

    @Test
    void aHostWithAnUnderscoreIsAHost() {
        assertThat(Reference.parse("my_registry.test/app").repository())
                .isEqualTo(new Repository("my_registry.test", "app"));
    }

    private static void assertRefused(String domain, String path) {
        assertThatThrownBy(() -> new Repository(domain, path))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REFERENCE));
    }
}
