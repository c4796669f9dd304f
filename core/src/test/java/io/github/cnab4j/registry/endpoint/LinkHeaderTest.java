/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The next page among links of all shapes. */
class LinkHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "</p>; rel=\"next\"",
                "</p>;rel=next",
                "</p> ; REL = \"prev NEXT last\" ",
                "</a>; rel=\"prev\", </p>; rel=\"next\"",
                "</a,b>; title=\"x, <y>; rel=next\"; rel=last, </p>; title=\"a;b\"; rel=next",
                "</p>; rel=next; rel=prev",
                "</p>; a; ;; b=; rel=\"next\"",
                "</p>;rel=\"next\"junk, </q>"
            })
    void theNextPageIsFound(String field) {
        assertThat(LinkHeader.next(List.of("</o>; rel=first", field))).contains("/p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/p; rel=next", "</p", "</p>", "</p>; rel=\"nextish\"", "</p>; rel=prev; rel=next",
                "</p>; title=\"rel=next", "</p>; title=\"; rel=next\"", "</p>, rel=next", "<", "<>", ">;rel=next<"
            })
    void otherwiseThereIsNone(String field) {
        assertThat(LinkHeader.next(List.of(field))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {";a=b", "<", ">", ";", "\"", ",", "<>,", ";rel=\"x\"", " ", "<a>;rel=\"x y\","})
    void aFieldOfAnyLength_isReadInOnePassWithoutStack(String part) {
        String filling = part.repeat(1_000_000 / part.length());

        assertThat(LinkHeader.next(List.of("</p>" + filling))).isEmpty();
    }

    @Test
    void whatComesAfterALongField_counts() {
        assertThat(LinkHeader.next(List.of("</p>" + ";a=b".repeat(300_000) + ";rel=next")))
                .contains("/p");
    }
}
