/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    /** Members that are not known, at every level where there are objects. */
    private static final String UNKNOWN_EVERYWHERE = """
            {
              "x-top": {"deep": [{"x": 1.50}]},
              "schemaVersion": "v1.2.0", "name": "demo", "version": "0.1.0", "description": "d",
              "maintainers": [{"name": "m", "x-maintainer": true}],
              "invocationImages": [{"image": "reg.example/i:1", "imageType": "docker", "x-image": [null]}],
              "images": {"web": {"image": "reg.example/w:1", "imageType": "oci", "description": "", "x-component": "y",
                                 "labels": {"z": "1", "a": ""}}},
              "actions": {"run": {"modifies": true, "title": "Run"}},
              "parameters": {"p": {"definition": "n", "destination": {"env": "P", "x-place": 1}, "x-parameter": 2}},
              "credentials": {"c": {"path": "/c", "x-credential": {}}},
              "outputs": {"o": {"definition": "n", "path": "/o", "x-output": []}},
              "definitions": {"n": {"type": "array", "maxItems": 3, "default": null, "title": ""}, "any": true},
              "custom": {"org.example": {"Name": "kept"}},
              "x-last": null
            }""";

    @Nested
    class UnknownMembers {
        @Test
        void surviveARoundTripAtEveryLevel() {
            Bundle bundle = parse(UNKNOWN_EVERYWHERE);

            Bundle again = Bundle.parse(bundle.canonical());

            assertThat(again.json())
                    .isEqualTo(JsonReader.readObject(UNKNOWN_EVERYWHERE.getBytes(UTF_8), JsonLimits.BUNDLE)
                            .with("x-top", again.json().members().get("x-top")));
            assertThat(text(again.json().object("x-top").orElseThrow().members().get("deep")))
                    .isEqualTo("[{\"x\":1.5}]");
            assertThat(again.canonical()).isEqualTo(bundle.canonical());
        }

        @Test
        void surviveAnUpdateOfTheirImage() {
            Bundle bundle = parse(UNKNOWN_EVERYWHERE);
            BaseImage image = bundle.images().get("web").base().describedBy(descriptor(7));

            Bundle updated = bundle.withImage("web", image);

            assertThat(text(updated.json()
                            .object("images")
                            .orElseThrow()
                            .members()
                            .get("web")))
                    .isEqualTo(
                            "{\"image\":\"reg.example/w:1\",\"imageType\":\"oci\",\"description\":\"\",\"x-component\":\"y\","
                                    + "\"labels\":{\"z\":\"1\",\"a\":\"\"},\"mediaType\":\"" + MediaType.OCI_INDEX
                                    + "\",\"contentDigest\":\"" + DIGEST + "\",\"size\":7}");
        }

        @ParameterizedTest
        @CsvSource({
            "{\"Name\":\"a\"}, Name, name",
            "{\"images\":{\"web\":{\"Size\":1}}}, images.web.Size, size",
            "{\"invocationImages\":[{\"contentdigest\":\"\"}]}, invocationImages[0].contentdigest, contentDigest",
            "{\"cu\u017Ftom\":{}}, [\"cu\u017Ftom\"], custom"
        })
        void inTheWrongCaseGiveAHint(String json, String path, String meant) {
            assertThat(parse(json).warnings()).singleElement().satisfies(warning -> {
                assertThat(warning.path()).isEqualTo(path);
                assertThat(warning.message()).contains("did you mean \"" + meant + "\"");
            });
        }

        @Test
        void ofOtherNamesGiveNoHint() {
            assertThat(parse(UNKNOWN_EVERYWHERE).warnings()).isEmpty();
        }
    }

    @Nested
    class Members {
        @Test
        void areReadAsTheyAreWritten() {
            Bundle bundle = parse("""
                    {"schemaVersion":"v1","name":"n","version":"1","description":"d","keywords":["b","a"],
                     "maintainers":[{"name":"m","email":"e","url":"u"},{}],
                     "invocationImages":[{"image":"i","imageType":"docker","mediaType":"t","contentDigest":"g","size":3,
                                          "labels":{"k":"v"}}],
                     "images":{"z":{"image":"1","description":"last letter first"},"a":{"image":"2"}}}""");

            assertThat(List.of(bundle.schemaVersion(), bundle.name(), bundle.version(), bundle.description()))
                    .containsExactly("v1", "n", "1", "d");
            assertThat(bundle.keywords()).hasValue(List.of("b", "a"));
            assertThat(bundle.maintainers())
                    .hasValue(List.of(new Maintainer("m", "e", "u"), new Maintainer("", "", "")));
            assertThat(bundle.invocationImages())
                    .containsExactly(new InvocationImage(new BaseImage("i", "docker", "t", "g", 3L, Map.of("k", "v"))));
            assertThat(bundle.images().keySet()).containsExactly("z", "a");
            assertThat(bundle.images().get("z").description()).isEqualTo("last letter first");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"name\":null,\"invocationImages\":null,\"images\":null,\"keywords\":null,\"maintainers\":null}"
                })
        void thatAreAbsentOrNullAreEmpty(String json) {
            Bundle bundle = parse(json);

            assertThat(bundle.name()).isEmpty();
            assertThat(bundle.invocationImages()).isEmpty();
            assertThat(bundle.images()).isEmpty();
            assertThat(bundle.keywords()).isEmpty();
            assertThat(bundle.maintainers()).isEmpty();
            assertThat(text(bundle))
                    .isEqualTo("{\"description\":\"\",\"invocationImages\":null,\"name\":\"\",\"schemaVersion\":\"\","
                            + "\"version\":\"\"}");
        }

        @Test
        void thatAreEmptyListsAreNotAbsent() {
            Bundle bundle = parse("{\"keywords\":[],\"maintainers\":[]}");

            assertThat(bundle.keywords()).hasValue(List.of());
            assertThat(bundle.maintainers()).hasValue(List.of());
            assertThat(text(bundle)).doesNotContain("keywords", "maintainers");
        }

        @Test
        void ofAnImageThatAreEmptyCountAsAbsent() {
            BaseImage image = parse("{\"invocationImages\":[{\"mediaType\":\"\",\"contentDigest\":\"\",\"size\":0}]}")
                    .invocationImages()
                    .get(0)
                    .base();

            assertThat(image.mediaType()).isNull();
            assertThat(image.contentDigest()).isNull();
            assertThat(image.size()).isNull();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"name\":7}|name is a number where a string",
                    "{\"description\":{}}|description is an object where a string",
                    "{\"keywords\":\"a\"}|keywords is a string where an array",
                    "{\"keywords\":[1]}|keywords[0] is a number where a string",
                    "{\"maintainers\":{}}|maintainers is an object where an array",
                    "{\"maintainers\":[1]}|maintainers[0] is a number where an object",
                    "{\"invocationImages\":{}}|invocationImages is an object where an array",
                    "{\"invocationImages\":[\"a\"]}|invocationImages[0] is a string where an object",
                    "{\"invocationImages\":[{\"image\":true}]}|invocationImages[0].image is a boolean where a string",
                    "{\"images\":[]}|images is an array where an object",
                    "{\"images\":{\"a b\":1}}|images[\"a b\"] is a number where an object",
                    "{\"images\":{\"a\":{\"labels\":{\"k\":1}}}}|images.a.labels.k is a number where a string",
                    "{\"actions\":{\"a\":{\"modifies\":\"yes\"}}}|actions.a.modifies is a string where true or false",
                    "{\"parameters\":{\"p\":{\"destination\":{\"env\":[]}}}}|parameters.p.destination.env is an array",
                    "{\"definitions\":{\"d\":\"string\"}}|definitions.d is a string where a JSON schema",
                    "{\"definitions\":{\"d\":null}}|definitions.d is null where a JSON schema",
                    "{\"custom\":[]}|custom is an array where an object"
                })
        void ofAWrongTypeAreRefusedWithTheirPath(String json, String message) {
            InvalidInputException refused = refusal(json);

            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_BUNDLE);
            assertThat(refused).hasMessageContaining(message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "-0", "1.0", "1e3", "9007199254740992", "18446744073709551616", "\"5\"", "true"})
        void thatAreNoSizesAreRefused(String size) {
            assertThat(refusal("{\"images\":{\"a\":{\"size\":" + size + "}}}"))
                    .hasMessageContaining("images.a.size")
                    .extracting(InvalidInputException::code)
                    .isEqualTo(ErrorCode.INVALID_BUNDLE);
        }

        @Test
        void mayBeTheLargestSize() {
            Bundle bundle = parse("{\"images\":{\"a\":{\"size\":9007199254740991}}}");

            assertThat(bundle.images().get("a").base().size()).isEqualTo(Descriptor.MAX_SIZE);
        }
    }

    @Nested
    class Documents {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "hello",
                    "[]",
                    "null",
                    "7",
                    "{\"name\":\"a\"} x",
                    "{\"name\":\"a\"}{}",
                    "{\"a\":1,\"a\":2}"
                })
        void thatAreNoJsonObjectAreRefused(String text) {
            assertThat(refusal(text).code()).isEqualTo(ErrorCode.INVALID_JSON);
        }

        @Test
        void thatAreTooDeepAreRefused() {
            int depth = JsonLimits.BUNDLE.maxDepth();

            assertThat(refusal("{\"custom\":" + "[".repeat(depth) + "]".repeat(depth) + "}")
                            .code())
                    .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }

        @Test
        void thatAreAsDeepAsAllowedAreReadAndWritten() {
            int depth = JsonLimits.BUNDLE.maxDepth() - 2;
            Bundle bundle = parse("{\"custom\":{\"n\":" + "[".repeat(depth) + "]".repeat(depth) + "}}");

            assertThat(Bundle.parse(bundle.canonical()).json().get("custom"))
                    .isEqualTo(bundle.json().get("custom"));
        }

        @Test
        void thatAreTooLargeAreRefusedBeforeTheyAreRead() {
            byte[] huge = new byte[JsonLimits.BUNDLE.maxBytes() + 1];

            InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> Bundle.parse(huge));

            assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }
    }

    @Nested
    class Changes {
        private final Bundle bundle = parse("""
                {"invocationImages":[{"image":"i","imageType":"docker","size":1},{"image":"j","imageType":"oci"}],
                 "images":{"a":{"image":"k","imageType":"oci"},"b":{"image":"l","imageType":"oci"}}}""");

        @Test
        void giveANewBundleAndLeaveTheOldOne() {
            byte[] before = bundle.canonical();

            Bundle changed = bundle.withInvocationImage(
                            1, bundle.invocationImages().get(1).base().describedBy(descriptor(5)))
                    .withImage("a", bundle.images().get("a").base().describedBy(descriptor(6)));

            assertThat(bundle.canonical()).isEqualTo(before);
            assertThat(changed.invocationImages().get(0))
                    .isEqualTo(bundle.invocationImages().get(0));
            assertThat(changed.invocationImages().get(1).base())
                    .isEqualTo(new BaseImage("j", "oci", MediaType.OCI_INDEX.value(), DIGEST, 5L, Map.of()));
            assertThat(changed.images().get("a").base().size()).isEqualTo(6);
            assertThat(changed.images().get("b")).isEqualTo(bundle.images().get("b"));
            assertThat(Bundle.parse(changed.canonical()).images()).isEqualTo(changed.images());
        }

        @Test
        void toTheSameValuesChangeNothing() {
            Bundle changed = bundle.withInvocationImage(
                            0, bundle.invocationImages().get(0).base())
                    .withImage("a", bundle.images().get("a").base());

            assertThat(text(changed.json())).isEqualTo(text(bundle.json()));
            assertThat(changed).isEqualTo(bundle).hasSameHashCodeAs(bundle);
        }

        @Test
        void takeMembersAwayThatTheNewImageLacks() {
            Bundle full = bundle.withImage("a", bundle.images().get("a").base().describedBy(descriptor(6)));

            Bundle bare = full.withImage("a", new BaseImage("k", "oci", null, null, null, Map.of()));

            assertThat(bare).isEqualTo(bundle);
        }

        @Test
        void replaceTypeNameAndLabels() {
            Bundle changed = bundle.withImage("a", new BaseImage("x", "", null, null, null, Map.of("l", "1")));

            assertThat(text(changed.json()
                            .object("images")
                            .orElseThrow()
                            .members()
                            .get("a")))
                    .isEqualTo("{\"image\":\"x\",\"labels\":{\"l\":\"1\"}}");
        }

        @Test
        void ofImagesThatAreNotThereAreMistakes() {
            BaseImage image = new BaseImage("x", "", null, null, null, Map.of());

            assertThatThrownBy(() -> bundle.withImage("c", image)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bundle.withInvocationImage(2, image)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bundle.withInvocationImage(-1, image))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void cannotBeMadeThroughViews() {
            assertThatThrownBy(() -> bundle.images().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> bundle.invocationImages().clear())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> bundle.images().get("a").base().labels().put("a", "b"))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class Images {
        @Test
        void ofOneNameMustHaveOneDigest() {
            Bundle bundle = parse("""
                    {"invocationImages":[{"image":"i","contentDigest":"sha256:1"}],
                     "images":{"a":{"image":"i"},"b":{"image":"i","contentDigest":"sha256:2"}}}""");

            FixupException refused = catchThrowableOfType(FixupException.class, bundle::requireConsistentImages);

            assertThat(refused.code()).isEqualTo(ErrorCode.IMAGE_CONFLICT);
            assertThat(refused)
                    .hasMessageContaining("\"i\"")
                    .hasMessageContaining("sha256:1")
                    .hasMessageContaining("sha256:2");
            assertThat(refused.hint()).isPresent();
        }

        @Test
        void ofOneNameAndOneDigestAreConsistent() {
            parse("""
                    {"invocationImages":[{"image":"i","contentDigest":"sha256:1"}],
                     "images":{"a":{"image":"i"},"b":{"image":"i","contentDigest":"sha256:1"},
                               "c":{"image":"j","contentDigest":"sha256:2"}}}""").requireConsistentImages();
        }
    }

    @Test
    void textForLogsIsNameAndVersion() {
        assertThat(parse("{\"name\":\"n\",\"version\":\"1\",\"custom\":{\"secret\":\"s\"}}"))
                .hasToString("Bundle[n 1]");
    }

    private static Descriptor descriptor(long size) {
        return Descriptor.of(MediaType.OCI_INDEX, Digest.parse(DIGEST), size);
    }

    private static Bundle parse(String json) {
        return Bundle.parse(json.getBytes(UTF_8));
    }

    private static InvalidInputException refusal(String json) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> parse(json));
        assertThat(refused).as("a refusal of " + json).isNotNull();
        return refused;
    }

    private static String text(Bundle bundle) {
        return new String(bundle.canonical(), UTF_8);
    }

    private static String text(Object json) {
        return String.valueOf(json);
    }
}
