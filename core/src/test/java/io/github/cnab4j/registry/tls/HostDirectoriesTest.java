/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.registry.http.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the directory of a registry may be called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "colons are left out of the names there")
class HostDirectoriesTest {
    private static List<String> names(String host, int port) {
        return HostDirectories.names(new Origin("https", host, port));
    }

    @Test
    void otherPort_isPartOfTheName() {
        assertThat(names("registry.example", 5000)).containsExactly("registry.example:5000");
        assertThat(names("::1", 5000)).containsExactly("[::1]:5000");
    }

    @Test
    void portOfHttps_mayBeLeftOut() {
        assertThat(names("registry.example", 443)).containsExactly("registry.example:443", "registry.example");
    }

    /** References name it otherwise than its API is called. */
    @Test
    void dockerHub_isKnownByTheNameInReferencesToo() {
        assertThat(names("registry-1.docker.io", 443))
                .containsExactly("registry-1.docker.io:443", "registry-1.docker.io", "docker.io");
        assertThat(names("registry-1.docker.io", 5000)).containsExactly("registry-1.docker.io:5000");
        assertThat(names("registry-2.docker.io", 443)).doesNotContain("docker.io");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", ".hidden", "a..b", "a.."})
    void dotsThatLeadElsewhere_nameNoDirectory(String host) {
        assertThat(names(host, 443)).isEmpty();
        assertThat(names(host, 5000)).isEmpty();
    }
}
