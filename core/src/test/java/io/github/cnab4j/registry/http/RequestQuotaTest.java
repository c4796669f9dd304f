/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What registries tell of their quota. */
class RequestQuotaTest {
    private static Headers fields(String limit, String left) {
        return Headers.of("ratelimit-limit", limit).with("RateLimit-Remaining", left);
    }

    @ParameterizedTest
    @CsvSource({
        "100;w=21600, 76;w=21600, 76 of 100 requests per 6 h, false",
        "100; w=5400, 10, 10 of 100 requests per 90 min, true",
        "100, 9; w=60, 9 of 100 requests per 1 min, true",
        "5000, 11, 11 of 5000 requests, true",
        "'200;policy=x;w=3600', 21, 21 of 200 requests per 1 h, false",
        "0, 0, 0 of 0 requests, true",
        "100;w=nonsense, 5, 5 of 100 requests, true"
    })
    void quota_isRead(String limit, String left, String text, boolean low) {
        assertThat(RequestQuota.of(fields(limit, left))).hasValueSatisfying(quota -> {
            assertThat(quota).hasToString(text);
            assertThat(quota.low()).isEqualTo(low);
        });
    }

    @ParameterizedTest
    @CsvSource({"'', 5", "100, ''", "many, 5", "100, -1", "99999999999999999999, 1", "w=5, 1"})
    void whatIsNoQuota_saysNothing(String limit, String left) {
        assertThat(RequestQuota.of(fields(limit, left))).isEmpty();
    }

    @Test
    void registriesWithoutQuota_sayNothing() {
        assertThat(RequestQuota.of(Headers.none())).isEmpty();
        assertThat(RequestQuota.of(Headers.of("RateLimit-Limit", "100"))).isEmpty();
    }
}
