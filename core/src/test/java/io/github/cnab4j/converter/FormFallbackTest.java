/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.error.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFallbackTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 415, 422, 500, 501})
    void statusWithoutAKnownCodeRefusesTheForm(int status) {
        assertThat(refusesForm(status)).isTrue();
        assertThat(refusesForm(status, "UNKNOWN")).isTrue();
        assertThat(refusesForm(status, "SOMETHING_NEW")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "400, MANIFEST_INVALID",
        "415, UNSUPPORTED",
        "409, MANIFEST_INVALID",
        "405, UNSUPPORTED",
        "418, UNSUPPORTED"
    })
    void codeOfTheFormRefusesTheForm(int status, String code) {
        assertThat(refusesForm(status, code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 402, 403, 408, 409, 410, 412, 413, 416, 418, 429, 502, 503, 504, 507})
    void otherStatusesSayNothingAboutTheForm(int status) {
        assertThat(refusesForm(status)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 502, 503, 504})
    void whoIsInTheWayOfTheRegistryDoesNotJudgeTheForm(int status) {
        assertThat(refusesForm(status, "MANIFEST_INVALID")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TAG_INVALID",
                "MANIFEST_BLOB_UNKNOWN",
                "BLOB_UNKNOWN",
                "MANIFEST_UNKNOWN",
                "NAME_UNKNOWN",
                "NAME_INVALID",
                "DIGEST_INVALID",
                "SIZE_INVALID",
                "UNAUTHORIZED",
                "DENIED",
                "TOOMANYREQUESTS"
            })
    void codeOfAnotherReasonDecidesAgainstItAlsoBesideOneOfTheForm(String code) {
        assertThat(refusesForm(400, code)).isFalse();
        assertThat(refusesForm(400, "MANIFEST_INVALID", code)).isFalse();
        assertThat(refusesForm(500, code)).isFalse();
    }

    @Test
    void codesAreComparedAsTheyAreWritten() {
        assertThat(refusesForm(409, "manifest_invalid")).isFalse();
    }

    private static boolean refusesForm(int status, String... codes) {
        return FormFallback.refusesForm(new RejectedException(status, List.of(codes), "PUT", "refused", null));
    }
}
