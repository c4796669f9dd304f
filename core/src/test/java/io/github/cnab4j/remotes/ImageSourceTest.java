/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.LayoutLocation;
import io.github.cnab4j.reference.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSourceTest {
    @Test
    void ociIsALayout() {
        assertThat(ImageSource.parse("oci:some/dir"))
                .isEqualTo(new ImageSource.Layout(new LayoutLocation("some/dir", null, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "mirror.example:5000, alpine:3, mirror.example:5000/library/alpine:3",
        "mirror.example:5000/hub, alpine:3, mirror.example:5000/hub/library/alpine:3",
        "mirror.example:5000/hub/, alpine:3, mirror.example:5000/hub/library/alpine:3",
        "docker://localhost/a/b, quay.io/x/y:1, localhost/a/b/x/y:1",
        "127.0.0.1:5000, 'reg.example:80/x@sha256:1111111111111111111111111111111111111111111111111111111111111111', "
                + "'127.0.0.1:5000/x@sha256:1111111111111111111111111111111111111111111111111111111111111111'"
    })
    void mirrorHoldsImagesUnderTheirPaths(String source, String image, String expected) {
        ImageSource.Mirror mirror = (ImageSource.Mirror) ImageSource.parse(source);

        assertThat(mirror.locate(Reference.parse(image))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "oci:",
                "oci:dir:tag",
                "oci:dir@sha256:1111111111111111111111111111111111111111111111111111111111111111",
                "mirror",
                "//mirror.example",
                "mirror.example/a:1",
                "mirror.example/UPPER",
                "https://mirror.example",
                "user:secret@mirror.example"
            })
    void whatIsNeitherIsRefused(String text) {
        assertThatThrownBy(() -> ImageSource.parse(text))
                .isInstanceOfSatisfying(InvalidInputException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_REFERENCE);
                    assertThat(failure.getMessage()).doesNotContain("secret");
                });
    }
}
