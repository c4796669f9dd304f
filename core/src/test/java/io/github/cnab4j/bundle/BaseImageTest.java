/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseImageTest {
    @ParameterizedTest
    @CsvSource({
        "docker,",
        "oci,",
        "'',",
        "oci, application/vnd.oci.image.index.v1+json",
        "docker, application/vnd.docker.distribution.manifest.list.v2+json"
    })
    void imagesOfKnownTypesAreSupported(String imageType, String mediaType) {
        new BaseImage("i", imageType, mediaType, null, null, Map.of()).requireSupported();
    }

    @ParameterizedTest
    @CsvSource({"vm,, image type \"vm\"", "Docker,, image type \"Docker\"", "oci, text/plain, media type \"text/plain\""
    })
    void imagesOfOtherTypesAreRefusedWithTheTypesThatThereAre(String imageType, String mediaType, String what) {
        FixupException refused = catchThrowableOfType(
                FixupException.class,
                () -> new BaseImage("i", imageType, mediaType, null, null, Map.of()).requireSupported());

        assertThat(refused.code()).isEqualTo(ErrorCode.IMAGE_UNSUPPORTED);
        assertThat(refused).hasMessageContaining(what).hasMessageContaining("\"i\"");
        assertThat(refused.hint())
                .hasValueSatisfying(hint -> assertThat(hint).containsAnyOf("docker and oci", "OCI and Docker"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Descriptor.MAX_SIZE + 1})
    void imagesOfImpossibleSizesAreRefused(long size) {
        InvalidInputException refused = catchThrowableOfType(
                InvalidInputException.class, () -> new BaseImage("i", "oci", null, null, size, Map.of()));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_BUNDLE);
    }
}
