/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.registry.http.Origin;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServicesTest {
    private static Origin origin(String scheme, String host) {
        return Origin.parse(scheme, host).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "auth.example, https, auth.example, true",
        "Auth.Example, https, auth.example, true",
        "auth.example:443, https, auth.example, true",
        "auth.example, http, auth.example, true",
        "auth.example:443, http, auth.example, false",
        "auth.example:5000, https, auth.example:5000, true",
        "auth.example, https, auth.example:5000, false",
        "auth.example:5000, https, auth.example, false",
        "[::1]:5000, https, [::1]:5000, true",
        "auth.example, https, other.auth.example, false"
    })
    void hostAndPort_tellAService(String named, String scheme, String service, boolean included) {
        assertThat(TokenServices.only(List.of("first.example", named)).include(origin(scheme, service)))
                .isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://auth.example", "auth.example/token", "ann@auth.example", "a b", "auth.example:0", "::1"
            })
    void whatIsNoHost_isRefused_forItWouldNeverBeMet(String named) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> TokenServices.only(List.of(named)))
                .withMessageContaining("is no host with an optional port");
    }
}
