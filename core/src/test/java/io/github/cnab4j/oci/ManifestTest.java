/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String OTHER_HEX = "fedcba9876543210".repeat(4);
    private static final String CONFIG = "{\"mediaType\":\"a/config\",\"digest\":\"sha256:" + HEX + "\",\"size\":7}";
    private static final String LAYER =
            "{\"mediaType\":\"a/layer\",\"digest\":\"sha256:" + OTHER_HEX + "\",\"size\":9}";
    private static final String ENTRY =
            "{\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"digest\":\"sha256:" + HEX + "\",\"size\":7}";

    @Test
    void theConfigurationIsTheFirstSuccessorAndLayersKeepTheirOrder() {
        Manifest manifest = image("\"config\":" + CONFIG + ",\"layers\":[" + LAYER + "]");

        assertThat(manifest.successors())
                .extracting(Descriptor::toString)
                .containsExactly(
                        descriptor(CONFIG).toString(), descriptor(LAYER).toString());
    }

    @Test
    void aLayerThatIsThereTwiceIsOneSuccessor() {
        ImageManifest manifest =
                (ImageManifest) image("\"config\":" + CONFIG + ",\"layers\":[" + LAYER + "," + LAYER + "]");

        assertThat(manifest.layers()).hasSize(2);
        assertThat(manifest.successors()).hasSize(2);
    }

    @Test
    void oneDigestWithTwoSizesIsTwoSuccessorsSoThatTheWrongOneIsFound() {
        Manifest manifest = image("\"config\":" + CONFIG + ",\"layers\":[" + LAYER + ","
                + LAYER.replace("\"size\":9", "\"size\":8") + "]");

        assertThat(manifest.successors()).extracting(Descriptor::size).containsExactly(7L, 9L, 8L);
    }

    @Test
    void theSubjectIsReadAndIsNoSuccessor() {
        Manifest manifest = image("\"config\":" + CONFIG + ",\"layers\":[],\"subject\":" + ENTRY);

        assertThat(manifest.subject()).isEqualTo(descriptor(ENTRY));
        assertThat(manifest.successors()).containsExactly(descriptor(CONFIG));
    }

    @Test
    void artifactTypeAnnotationsAndUnknownMembersAreKept() {
        Manifest manifest = index(
                "\"manifests\":[],\"artifactType\":\"a/b\",\"annotations\":{\"z\":\"1\",\"a\":\"2\"},\"new\":[true]");

        assertThat(manifest.artifactType()).isEqualTo("a/b");
        assertThat(manifest.annotations()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
        assertThat(manifest.json().has("new")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"layers\":null",
                ",\"layers\":[]",
                "",
                ",\"layers\":[],\"annotations\":null,\"mediaType\":\"\""
            })
    void aManifestMayHaveNoLayers(String rest) {
        assertThat(image("\"config\":" + CONFIG + rest).successors()).containsExactly(descriptor(CONFIG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void anIndexMayBeEmpty(String manifests) {
        assertThat(index("\"manifests\":" + manifests).successors()).isEmpty();
    }

    @Test
    void aDockerDocumentIsReadAsAnOciOne() {
        byte[] list = bytes("{\"schemaVersion\":2,\"manifests\":[" + ENTRY + "]}");

        assertThat(Manifest.parse(MediaType.DOCKER_LIST, list)).isInstanceOf(IndexManifest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\":2,\"config\":CONFIG,\"layers\":[],\"manifests\":[]}",
                "{\"schemaVersion\":2,\"config\":CONFIG,\"layers\":[],\"Manifests\":[]}",
                "{\"schemaVersion\":2,\"config\":CONFIG,\"layers\":[],\"LAYERS\":[]}",
                "{\"schemaVersion\":2,\"config\":CONFIG,\"layers\":[],\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":CONFIG,\"layers\":[],\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}",
                "{\"schemaVersion\":2,\"config\":CONFIG,\"layers\":[],\"mediaType\":7}",
                "{\"schemaVersion\":2,\"config\":CONFIG,\"layers\":[],\"fsLayers\":[]}",
            })
    void aManifestThatCanBeReadInTwoWaysIsRefused(String text) {
        assertRefused(MediaType.OCI_MANIFEST, text.replace("CONFIG", CONFIG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}",
                "{\"schemaVersion\":2,\"manifests\":[],\"config\":{}}",
                "{\"schemaVersion\":2,\"manifests\":[],\"Config\":{}}",
                "{\"schemaVersion\":2,\"manifests\":[],\"mediaType\":\"application/vnd.docker.distribution.manifest.list.v2+json\"}",
            })
    void anIndexThatCanBeReadInTwoWaysIsRefused(String text) {
        assertRefused(MediaType.OCI_INDEX, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\":1,\"manifests\":[]}",
                "{\"schemaVersion\":3,\"manifests\":[]}",
                "{\"schemaVersion\":2.0,\"manifests\":[]}",
                "{\"schemaVersion\":\"2\",\"manifests\":[]}",
                "{\"manifests\":[]}",
                "{\"schemaVersion\":2}",
                "{\"schemaVersion\":2,\"manifests\":{}}",
                "{\"schemaVersion\":2,\"manifests\":[1]}",
                "{\"schemaVersion\":2,\"manifests\":[null]}",
                "{\"schemaVersion\":2,\"manifests\":[],\"annotations\":[]}",
                "{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"a\":1}}",
                "{\"schemaVersion\":2,\"manifests\":[],\"artifactType\":1}",
                "{\"schemaVersion\":2,\"manifests\":[],\"subject\":\"x\"}",
                "{\"schemaVersion\":2,\"manifests\":[]}x",
                "[]",
                "",
            })
    void aDocumentOfAnotherShapeIsRefused(String text) {
        assertRefused(MediaType.OCI_INDEX, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"size\":-1",
                "\"size\":-0",
                "\"size\":9007199254740992",
                "\"size\":99999999999999999999",
                "\"size\":1.5",
                "\"size\":1e3",
                "\"size\":\"7\"",
                "\"size\":null",
            })
    void aSizeOutsideItsRangeIsRefusedWithItsPath(String size) {
        assertRefused(
                        MediaType.OCI_INDEX,
                        "{\"schemaVersion\":2,\"manifests\":[" + ENTRY.replace("\"size\":7", size) + "]}")
                .hasMessageContaining("manifests[0].size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "md5:0123456789abcdef0123456789abcdef",
                "sha256:0123",
                "sha256:../../../etc/passwd",
                "SHA256:" + "0",
                ""
            })
    void aDigestThatCannotBeVerifiedIsRefusedWithItsPath(String digest) {
        String layer = LAYER.replace("sha256:" + OTHER_HEX, digest);

        assertRefused(
                        MediaType.OCI_MANIFEST,
                        "{\"schemaVersion\":2,\"config\":" + CONFIG + ",\"layers\":[" + LAYER + "," + layer + "]}")
                .hasMessageContaining("layers[1].digest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\r\\nX-Injected: 1", "\\u00e9"})
    void aMediaTypeThatCannotBeAHeaderIsRefused(String mediaType) {
        assertRefused(
                        MediaType.OCI_MANIFEST,
                        "{\"schemaVersion\":2,\"config\":" + CONFIG.replace("a/config", mediaType) + "}")
                .hasMessageContaining("config.mediaType");
    }

    @Test
    void schemaOneIsRefusedWithAHint() {
        byte[] content = bytes("{\"schemaVersion\":1,\"fsLayers\":[]}");

        assertThatThrownBy(() -> Manifest.parse(
                        new MediaType("application/vnd.docker.distribution.manifest.v1+prettyjws"), content))
                .isInstanceOfSatisfying(InvalidInputException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
                    assertThat(refused.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("schema 1"));
                });
    }

    @Test
    void aTypeThatIsNoManifestIsRefused() {
        assertRefused(MediaType.OCI_CONFIG, "{\"schemaVersion\":2,\"manifests\":[]}");
    }

    @Test
    void aDocumentBeyondTheLimitIsRefusedAsSuch() {
        byte[] content = bytes("{\"schemaVersion\":2,\"manifests\":[" + " ".repeat(4 << 20) + "]}");

        assertThatThrownBy(() -> Manifest.parse(MediaType.OCI_INDEX, content))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    @Test
    void blobsWithUrlsAreForeignAndManifestsAreNot() {
        String urls = ",\"urls\":[\"https://example.test/x\"]}";

        assertThat(descriptor(LAYER).isForeign()).isFalse();
        assertThat(descriptor(LAYER.replace("}", urls)).isForeign()).isTrue();
        assertThat(descriptor(ENTRY.replace("}", urls)).isForeign()).isFalse();
    }

    @Test
    void theTypeIsDetectedFromTheMembersWhereNothingElseSaysIt() {
        assertThat(Manifest.detect(bytes("{\"schemaVersion\":2,\"manifests\":[]}")))
                .isEqualTo(MediaType.OCI_INDEX);
        assertThat(Manifest.detect(bytes("{\"schemaVersion\":2,\"config\":" + CONFIG + "}")))
                .isEqualTo(MediaType.OCI_MANIFEST);
        assertThat(Manifest.detect(bytes(
                        "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.DOCKER_LIST + "\",\"manifests\":[]}")))
                .isEqualTo(MediaType.DOCKER_LIST);
        assertThatThrownBy(() -> Manifest.detect(bytes("{\"schemaVersion\":2,\"mediaType\":\"a/b\",\"manifests\":[]}")))
                .isInstanceOf(InvalidInputException.class);
    }

    private static Manifest image(String members) {
        return Manifest.parse(MediaType.OCI_MANIFEST, bytes("{\"schemaVersion\":2," + members + "}"));
    }

    private static Manifest index(String members) {
        return Manifest.parse(MediaType.OCI_INDEX, bytes("{\"schemaVersion\":2," + members + "}"));
    }

    private static Descriptor descriptor(String json) {
        return ((IndexManifest) index("\"manifests\":[" + json + "]"))
                .manifests()
                .get(0);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(MediaType declared, String text) {
        byte[] content = bytes(text);
        return assertThatThrownBy(() -> Manifest.parse(declared, content))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST))
                .hasMessageContaining(Digest.sha256(content).toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
