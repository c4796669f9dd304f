/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void textWithoutControlCharactersStaysAsItIs() {
        assertThat(Printable.of("Größe 10 µm \uD83D\uDE80")).isEqualTo("Größe 10 µm \uD83D\uDE80");
    }

    @Test
    void controlCharactersBecomeEscapes() {
        assertThat(Printable.of("a\u001b[31mred\u009b0m\u0007\u007f"))
                .isEqualTo("a\\u001b[31mred\\u009b0m\\u0007\\u007f");
    }

    @Test
    void lineBreaksStayOnTheLine() {
        assertThat(Printable.of("one\r\ntwo\u2028three\tfour")).isEqualTo("one\\r\\ntwo\\u2028three\\tfour");
    }

    @Test
    void charactersThatHideOrTurnTextBecomeEscapes() {
        assertThat(Printable.of("a\u202eb\u200bc\uDB40\uDC41")).isEqualTo("a\\u202eb\\u200bc\\U000e0041");
    }

    @Test
    void loneSurrogatesBecomeEscapes() {
        assertThat(Printable.of("a\ud800b")).isEqualTo("a\\ud800b");
    }
}
