/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of a text from outside. */
class RegistryWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "see https://ann:SECRET@registry.example/v2/",
                "see https://ann:p@SECRET@registry.example/v2/",
                "see HTTP://SECRET@registry.example",
                "get https://s3.example/b?X-Amz-Signature=SECRET&a=b failed",
                "get <https://s3.example/b?sig=SECRET>",
                "GET /v2/app/blobs/uploads/1?_state=SECRET: 500",
                "/layer?se=1&sig=SECRET is over",
                "Authorization: Basic U0VDUkVUSECRET==",
                "bearer eyJhbGciSECRET.x.y is over"
            })
    void nothingSecret(String text) {
        assertThat(RegistryWords.clean(text)).doesNotContain("SECRET");
    }

    @Test
    void textsAreKept() {
        assertThat(RegistryWords.clean("denied: why? ask https://registry.example/help?x=1 or ann@registry.example"))
                .isEqualTo("denied: why? ask https://registry.example/help?… or ann@registry.example");
    }

    @Test
    void oneShortLineWithoutControlCharacters() {
        String shown = RegistryWords.clean("a\u001b[31m\r\nb\u0000\u009b\u202e\u2028\u2066c\ud800 " + "x".repeat(5000));

        assertThat(shown).startsWith("a [31m b c").hasSizeLessThan(1100);
        assertThat(Pattern.compile("\\p{Cntrl}|\\p{Cf}|\\p{Zl}|\\p{Zp}")
                        .matcher(shown)
                        .find())
                .isFalse();
    }
}
