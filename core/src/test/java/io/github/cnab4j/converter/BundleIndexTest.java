/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleIndexTest {
    private static final Location SOURCE = Location.parse("reg.example/app:1");

    @Nested
    class Entries {
        @Test
        void areSortedByWhatTheyAreWhateverTheirOrder() {
            BundleIndex index = parse(component("web", 'c'), invocation('b'), component("db", 'd'), config());

            assertThat(index.config().digest()).isEqualTo(digest('a'));
            assertThat(index.invocationImages()).extracting(Descriptor::digest).containsExactly(digest('b'));
            assertThat(index.components().keySet()).containsExactly("web", "db");
            assertThat(index.warnings()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "INVOCATION|no entry is the config",
                    "CONFIG,CONFIG|2 entries are configs",
                    "CONFIG,WEB,WEB|component \"web\" has two entries",
                    "CONFIG,{'mediaType':'MANIFEST','digest':'DIGEST','size':1}|no annotation io.cnab.manifest.type",
                    "CONFIG,{'mediaType':'MANIFEST','digest':'DIGEST','size':1,"
                            + "'annotations':{'io.cnab.manifest.type':'sbom'}}|unknown io.cnab.manifest.type \"sbom\"",
                    "CONFIG,{'mediaType':'MANIFEST','digest':'DIGEST','size':1,"
                            + "'annotations':{'io.cnab.manifest.type':'component'}}|without annotation io.cnab.component.name",
                    "CONFIG,{'mediaType':'a/b','digest':'DIGEST','size':1,"
                            + "'annotations':{'io.cnab.manifest.type':'invocation'}}|media type \"a/b\", which is not that of a manifest"
                })
        void thatLeaveInDoubtWhatTheyAreAreRefused(String entries, String message) {
            String text = entries.replace("INVOCATION", invocation('b'))
                    .replace("CONFIG", config())
                    .replace("WEB", component("web", 'c'))
                    .replace("MANIFEST", MediaType.OCI_MANIFEST.value())
                    .replace("DIGEST", digest('e').toString());

            InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> parse(text));

            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
            assertThat(refused).hasMessageContaining(message);
            assertThat(refused.hint()).isPresent();
        }

        @Test
        void ofAnImageAreNoBundle() {
            InvalidInputException refused = catchThrowableOfType(
                    InvalidInputException.class,
                    () -> BundleIndex.parse(MediaType.DOCKER_MANIFEST, "{\"schemaVersion\":2}".getBytes(UTF_8)));

            assertThat(refused).hasMessageContaining("media type \"" + MediaType.DOCKER_MANIFEST + "\" is not that of");
            assertThat(refused.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("tag"));
        }
    }

    @Nested
    class Warnings {
        @Test
        void tellWhatDepartsFromTheSpecificationAndDoesNotMatter() {
            BundleIndex index = BundleIndex.parse(
                    MediaType.DOCKER_LIST,
                    json("{'schemaVersion':2,'foo':1,'manifests':[" + config() + "],"
                            + "'annotations':{'org.opencontainers.artifactType':'other'}}"));

            assertThat(index.warnings())
                    .containsExactly(
                            "the index has no annotation org.opencontainers.artifactType application/vnd.cnab.manifest.v1",
                            "the index has the unknown member \"foo\"");
        }
    }

    @Nested
    class ConfigManifests {
        @ParameterizedTest
        @CsvSource({
            "application/vnd.oci.image.manifest.v1+json, application/vnd.cnab.config.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.container.image.v1+json"
        })
        void pointToTheBundle(String mediaType, String configType) {
            Descriptor bundle = BundleIndex.bundleOf(
                    descriptor(mediaType),
                    json("{'schemaVersion':2,'config':{'mediaType':'" + configType + "','digest':'" + digest('f')
                            + "','size':9},'layers':null}"));

            assertThat(bundle).isEqualTo(Descriptor.of(new MediaType(configType), digest('f'), 9));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "application/vnd.oci.image.manifest.v1+json|{'schemaVersion':2}",
                    "application/vnd.oci.image.manifest.v1+json|{'schemaVersion':2,'config':'x'}",
                    "application/vnd.oci.image.manifest.v1+json|{'schemaVersion':2,'config':{'mediaType':'a/b','digest':'x','size':1}}",
                    "application/vnd.oci.image.manifest.v1+json|<html>",
                    "application/vnd.oci.image.index.v1+json|{'schemaVersion':2,'manifests':[]}"
                })
        void thatAreNoneAreRefused(String mediaType, String text) {
            InvalidInputException refused = catchThrowableOfType(
                    InvalidInputException.class, () -> BundleIndex.bundleOf(descriptor(mediaType), json(text)));

            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
        }

        private Descriptor descriptor(String mediaType) {
            return Descriptor.of(new MediaType(mediaType), digest('a'), 1);
        }
    }

    @Nested
    class Relocations {
        @Test
        void ofInvocationImagesGoByDigestThenByPosition() {
            Relocation relocation = parse(config(), invocation('1'), invocation('2'), invocation('3'))
                    .relocation(
                            bundle("{'invocationImages':[{'image':'a'},{'image':'b','contentDigest':'" + digest('1')
                                    + "'},{'image':'c','contentDigest':'" + digest('9') + "'}]}"),
                            SOURCE);

            assertThat(relocation.map().entries()).isEqualTo(Map.of("a", place('2'), "b", place('1'), "c", place('3')));
            assertThat(relocation.missing()).isEmpty();
            assertThat(relocation.surplus()).isEmpty();
        }

        @Test
        void ofOneEntryGoToOneImage() {
            Relocation relocation = parse(config(), invocation('1'))
                    .relocation(
                            bundle("{'invocationImages':[{'image':'a','contentDigest':'" + digest('1')
                                    + "'},{'image':'b','contentDigest':'" + digest('1') + "'}]}"),
                            SOURCE);

            assertThat(relocation.map().entries()).isEqualTo(Map.of("a", place('1')));
            assertThat(relocation.missing()).singleElement().asString().contains("\"b\"");
        }

        @Test
        void ofComponentsGoByName() {
            Relocation relocation = parse(config(), component("x", '1'), component("y", '2'))
                    .relocation(bundle("{'images':{'y':{'image':'b'},'x':{'image':'a'},'z':{'image':'c'}}}"), SOURCE);

            assertThat(relocation.map().entries()).isEqualTo(Map.of("a", place('1'), "b", place('2')));
            assertThat(relocation.missing()).singleElement().asString().contains("component \"z\"");
        }

        @Test
        void tellOfInvocationImagesThatTheBundleDoesNotHave() {
            Relocation relocation = parse(config(), invocation('1'), invocation('2'))
                    .relocation(
                            bundle("{'invocationImages':[{'image':'a','contentDigest':'" + digest('2') + "'}]}"),
                            SOURCE);

            assertThat(relocation.map().entries()).isEqualTo(Map.of("a", place('2')));
            assertThat(relocation.surplus())
                    .singleElement()
                    .asString()
                    .contains(digest('1').toString());
        }

        @Test
        void haveTheFormOfTheirSource() {
            BundleIndex index = parse(config(), invocation('1'));
            Bundle bundle = bundle("{'invocationImages':[{'image':'a'}]}");

            assertThat(index.relocation(bundle, Location.parse("docker.io/library/app:1"))
                            .map()
                            .find("a"))
                    .hasValue("app@" + digest('1'));
            assertThat(index.relocation(bundle, Location.parse("oci:some/dir:1"))
                            .map()
                            .find("a"))
                    .hasValue("oci:some/dir@" + digest('1'));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'images':{'other':{'image':'a'}}}|component \"x\", which the bundle does not have",
                    "{'images':{'x':{'image':'a'},'y':{'image':'a'}}}|two images of the bundle are named \"a\"",
                    "{'invocationImages':[{'image':'a'}],'images':{'x':{'image':'a'},'y':{'image':'b'}}}|are named \"a\""
                })
        void thatContradictTheBundleAreRefused(String json, String message) {
            BundleIndex index = parse(config(), invocation('3'), component("x", '1'), component("y", '2'));

            InvalidInputException refused =
                    catchThrowableOfType(InvalidInputException.class, () -> index.relocation(bundle(json), SOURCE));

            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
            assertThat(refused).hasMessageContaining(message);
            assertThat(refused.hint()).isPresent();
        }

        private String place(char character) {
            return "reg.example/app@" + digest(character);
        }

        private Bundle bundle(String json) {
            return Bundle.parse(json(json));
        }
    }

    private static BundleIndex parse(String... entries) {
        return BundleIndex.parse(
                MediaType.OCI_INDEX,
                json("{'schemaVersion':2,'manifests':["
                        + Stream.of(entries).collect(Collectors.joining(","))
                        + "],'annotations':{'org.opencontainers.artifactType':'application/vnd.cnab.manifest.v1'}}"));
    }

    private static String config() {
        return entry('a', "'io.cnab.manifest.type':'config'");
    }

    private static String invocation(char digest) {
        return entry(digest, "'io.cnab.manifest.type':'invocation'");
    }

    private static String component(String name, char digest) {
        return entry(digest, "'io.cnab.manifest.type':'component','io.cnab.component.name':'" + name + "'");
    }

    private static String entry(char digest, String annotations) {
        return "{'mediaType':'" + MediaType.OCI_MANIFEST + "','digest':'" + digest(digest)
                + "','size':1,'annotations':{" + annotations + "}}";
    }

    private static Digest digest(char character) {
        return Digest.parse("sha256:" + String.valueOf(character).repeat(64));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
