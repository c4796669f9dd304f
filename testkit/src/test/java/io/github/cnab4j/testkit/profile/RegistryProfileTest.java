/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.Http;
import io.github.cnab4j.testkit.TestRegistry;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryProfileTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DISTRIBUTION_BEHIND_PROXY")
    void letsNobodyInWithoutAName(RegistryProfile profile) {
        try (TestRegistry registry = profile.start()) {
            HttpResponse<byte[]> reply = new Http(registry).get("/v2/");

            assertThat(reply.statusCode()).isEqualTo(401);
            assertThat(reply.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void everyStartIsARegistryOfItsOwn() {
        try (TestRegistry one = RegistryProfile.QUAY.start();
                TestRegistry other = RegistryProfile.QUAY.start()) {
            one.repository("app").putManifest("x/y", new byte[] {'{', '}'}, "1");

            assertThat(other.repositories()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void habitsHaveNumbers(RegistryProfile profile) {
        assertThat(profile.habits()).isNotEmpty().allMatch(number -> number.matches("[QS][0-9]{2}"));
    }
}
