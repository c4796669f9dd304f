/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0123456789abcdef".repeat(4));

    @Test
    void aTagReplacesTagAndDigest() {
        assertThat(Reference.parse("h.test/app:1@" + DIGEST).withTag("2")).hasToString("h.test/app:2");
    }

    @Test
    void aDigestReplacesTagAndDigest() {
        assertThat(Reference.parse("h.test/app:1").withDigest(DIGEST)).hasToString("h.test/app@" + DIGEST);
    }

    @ParameterizedTest
    @CsvSource({
        "app, docker.io/library/app:latest",
        "h.test:5000/app, h.test:5000/app:latest",
        "h.test/app:1, h.test/app:1",
        "h.test/app@DIGEST, h.test/app@DIGEST",
        "h.test/app:1@DIGEST, h.test/app:1@DIGEST",
    })
    void latestIsFilledInOnlyWhereNothingIsSaid(String text, String expected) {
        Reference reference = Reference.parse(text.replace("DIGEST", DIGEST.toString()));

        assertThat(reference.orLatest()).hasToString(expected.replace("DIGEST", DIGEST.toString()));
    }

    @Test
    void theRepositoryStaysWhenTagAndDigestGo() {
        assertThat(Reference.parse("h.test/app:1@" + DIGEST).repositoryOnly()).isEqualTo(Reference.parse("h.test/app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".x", "-x", "a b", "a/b", "a:b", "é", "a\n"})
    void aTagOutsideTheGrammarIsRefused(String tag) {
        Reference reference = Reference.parse("h.test/app");

        assertThatThrownBy(() -> reference.withTag(tag))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REFERENCE));
    }

    @Test
    void aTagHasAtMost128Characters() {
        Reference reference = Reference.parse("h.test/app");

        assertThat(reference.withTag("t".repeat(128)).tag()).hasSize(128);
        assertThatThrownBy(() -> reference.withTag("t".repeat(129))).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@h.test/app:1",
                "user:hunter2@h.test/app",
                "user:hunter2@h.test:5000/app@sha256:12",
                "h.test/app@hunter2@sha256:12",
            })
    void aPasswordIsNotRepeatedInTheMessage(String text) {
        InvalidInputException refused = refusal(text);

        assertThat(refused.getMessage() + refused.hint()).doesNotContain("hunter2");
    }

    @Test
    void anAddressOfTheWebGetsAHint() {
        assertThat(refusal("https://h.test/app:1").hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("scheme"));
    }

    @Test
    void aRefusalShowsControlCharactersEscaped() {
        assertThat(refusal("h.test/a\u001b[2Jpp"))
                .hasMessageContaining("\\u001b")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void aVeryLongTextIsRefusedInOneShortLine() {
        assertThat(refusal("a/".repeat(1_000_000)).getMessage()).hasSizeLessThan(1_000);
    }

    @RepeatedTest(3)
    void whateverIsAcceptedCanBeWrittenAndReadBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            String text = randomReference(random);
            try {
                Reference reference = Reference.parse(text);
                assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
                assertThat(Reference.parse(reference.repository().toString()).repository())
                        .isEqualTo(reference.repository());
                accepted++;
            } catch (InvalidInputException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REFERENCE);
            }
        }
        assertThat(accepted).isPositive();
    }

    private static String randomReference(Random random) {
        String[] parts = {
            "a",
            "app",
            "localhost",
            "h.test",
            "docker.io",
            "library",
            "/",
            "/",
            ":",
            ":5000",
            "@",
            DIGEST.toString(),
            ".",
            "-",
            "_",
            "__",
            "A",
            "[::1]",
            "é",
            "\n",
            "%",
            "sha256:",
            "latest"
        };
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(7); length > 0; length--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private static InvalidInputException refusal(String text) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> Reference.parse(text));
        assertThat(refused).as("refusal of %s", text).isNotNull();
        return refused;
    }
}
