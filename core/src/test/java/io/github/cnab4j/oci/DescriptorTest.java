/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String IDENTITY =
            "\"mediaType\":\"a/b\",\"digest\":\"" + DIGEST + "\",\"size\":9007199254740991";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{IDENTITY}",
                "{IDENTITY,\"urls\":[\"https://h.test/x\"],\"annotations\":{\"z\":\"1\",\"a\":\"2\"},"
                        + "\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"os.version\":\"1\","
                        + "\"os.features\":[\"b\",\"a\"],\"variant\":\"v7\"},\"artifactType\":\"c/d\",\"data\":\"e30=\",\"x\":{\"y\":[1.50]}}",
            })
    void nothingOfItIsLost(String template) {
        String text = template.replace("IDENTITY", IDENTITY);

        assertThat(new String(GoJson.write(descriptor(text).toJson()), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void membersThatAreNullCountAsAbsent() {
        assertThat(descriptor("{" + IDENTITY
                        + ",\"urls\":null,\"annotations\":null,\"platform\":null,\"artifactType\":null}"))
                .isEqualTo(descriptor("{" + IDENTITY + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mediaType\":\"a/b\",\"size\":1}",
                "{\"digest\":\"" + "sha256:0\",\"size\":1}",
                "{IDENTITY,\"urls\":\"x\"}",
                "{IDENTITY,\"urls\":[1]}",
                "{IDENTITY,\"annotations\":[\"x\"]}",
                "{IDENTITY,\"platform\":\"linux/amd64\"}",
                "{IDENTITY,\"platform\":{\"os\":1}}",
                "{IDENTITY,\"platform\":{\"os.features\":\"x\"}}",
                "{IDENTITY,\"artifactType\":{}}",
                "{IDENTITY,\"Digest\":\"x\"}",
                "{IDENTITY,\"PLATFORM\":{}}",
                "{IDENTITY,\"platform\":{\"OS\":\"linux\"}}",
                "{IDENTITY,\"\u017fize\":1}",
            })
    void whatIsNoDescriptorOrCouldBeReadAsAnotherOneIsRefused(String template) {
        String text = template.replace("IDENTITY", IDENTITY);

        assertThatThrownBy(() -> descriptor(text))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST));
    }

    @Test
    void theSizeIsAnIntegerThatEveryReaderUnderstands() {
        Digest digest = Digest.parse(DIGEST);

        assertThatThrownBy(() -> Descriptor.of(MediaType.OCI_CONFIG, digest, -1))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Descriptor.of(MediaType.OCI_CONFIG, digest, 1L << 53))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void theNodeDependsOnDigestAndKindAlone() {
        Digest digest = Digest.parse(DIGEST);

        assertThat(Descriptor.of(MediaType.OCI_MANIFEST, digest, 1).key())
                .isEqualTo(Descriptor.of(MediaType.DOCKER_LIST, digest, 2).key())
                .isNotEqualTo(Descriptor.of(MediaType.OCI_CONFIG, digest, 1).key());
    }

    @Test
    void annotationsReplaceEachOtherAndKeepTheirOrder() {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("z", "1");
        annotations.put("a", "2");
        Descriptor annotated = descriptor("{" + IDENTITY + ",\"annotations\":{\"x\":\"y\"},\"data\":\"\"}")
                .withAnnotations(annotations);
        annotations.clear();

        assertThat(annotated.annotations()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
        assertThat(annotated.extra().has("data")).isTrue();
        assertThat(annotated.identity().annotations()).isEmpty();
    }

    @Test
    void theContentGivesDigestAndSize() {
        assertThat(Descriptor.of(MediaType.OCI_CONFIG, "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Descriptor(
                        MediaType.OCI_CONFIG,
                        Digest.parse("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
                        2,
                        List.of(),
                        Map.of(),
                        null,
                        null,
                        JsonObject.empty()));
    }

    private static Descriptor descriptor(String text) {
        return Descriptor.fromJson(JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.MANIFEST));
    }
}
