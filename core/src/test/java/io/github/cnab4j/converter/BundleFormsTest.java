/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForm.ConfigForm;
import io.github.cnab4j.converter.BundleForm.IndexForm;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.ExampleBundle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BundleFormsTest {
    private static final Location TARGET = Location.parse("my.registry/namespace/my-app:my-tag");
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final BundleForms forms =
            BundleForms.prepare(ExampleBundle.bundle(), ExampleBundle.relocationMap(), TARGET, ManifestOption.NONE);

    @Test
    void sampleOfTheGoDocumentationHasItsDigests() {
        BundleForm form = forms.preferred();

        assertThat(form.configBlob().descriptor())
                .isEqualTo(Descriptor.of(
                        MediaType.CNAB_CONFIG,
                        Digest.parse("sha256:e978bf2a3c57b25fc3bb7f1adccb6fa0f0284d38163d5faffce7bf5fca3f39b3"),
                        1484));
        assertThat(form.index().descriptor())
                .isEqualTo(Descriptor.of(
                        MediaType.OCI_INDEX,
                        Digest.parse("sha256:4cfae04045c6f0fd14330ab86dea9694fb19ce9602ba2da0af8c826fc0053631"),
                        1360));
    }

    @Nested
    class Forms {
        @Test
        void comeInTheOrderOfPreference() {
            assertThat(forms.all())
                    .extracting(form -> form.configManifest().descriptor().mediaType() + " "
                            + form.configForm().configType() + " "
                            + form.index().descriptor().mediaType())
                    .containsExactly(
                            MediaType.OCI_MANIFEST + " " + MediaType.CNAB_CONFIG + " " + MediaType.OCI_INDEX,
                            MediaType.OCI_MANIFEST + " " + MediaType.CNAB_CONFIG + " " + MediaType.DOCKER_LIST,
                            MediaType.OCI_MANIFEST + " " + MediaType.OCI_CONFIG + " " + MediaType.OCI_INDEX,
                            MediaType.OCI_MANIFEST + " " + MediaType.OCI_CONFIG + " " + MediaType.DOCKER_LIST,
                            MediaType.DOCKER_MANIFEST + " " + MediaType.DOCKER_CONFIG + " " + MediaType.OCI_INDEX,
                            MediaType.DOCKER_MANIFEST + " " + MediaType.DOCKER_CONFIG + " " + MediaType.DOCKER_LIST);
            assertThat(forms.all()).extracting(BundleForm::inWords).doesNotHaveDuplicates();
            assertThat(forms.preferred().inWords())
                    .isEqualTo("an OCI manifest with the CNAB config type in an OCI index");
        }

        @Test
        void holdTogetherByTheirDigests() {
            for (BundleForm form : forms.all()) {
                BundleIndex index = BundleIndex.parse(
                        form.index().descriptor().mediaType(), form.index().content());
                Descriptor config = BundleIndex.bundleOf(
                        index.config(), form.configManifest().content());

                assertThat(index.config().identity())
                        .isEqualTo(form.configManifest().descriptor());
                assertThat(config).isEqualTo(form.configBlob().descriptor());
                assertThat(Digest.sha256(form.configBlob().content())).isEqualTo(config.digest());
                assertThat(form.payloads()).containsExactly(form.configBlob(), form.configManifest(), form.index());
            }
        }

        @Test
        void haveTheSameBundleAndTheSameImages() {
            assertThat(forms.all())
                    .extracting(form -> new String(form.configBlob().content(), UTF_8))
                    .containsOnly(ExampleBundle.JSON);
            assertThat(forms.all())
                    .extracting(form -> {
                        List<Descriptor> entries = index(form).manifests();
                        return entries.subList(1, entries.size());
                    })
                    .containsOnly(index(forms.preferred()).manifests().subList(1, 4));
        }

        /** Registries want a layer in a Docker manifest. */
        @Test
        void ofDockerGiveTheConfigAsALayerToo() {
            Payload manifest = forms.form(ConfigForm.DOCKER, IndexForm.OCI).configManifest();

            ImageManifest read = (ImageManifest) Manifest.parse(MediaType.DOCKER_MANIFEST, manifest.content());

            assertThat(read.layers()).containsExactly(read.config());
            assertThat(read.json().string("mediaType")).hasValue(MediaType.DOCKER_MANIFEST.value());
        }

        @ParameterizedTest
        @EnumSource(ConfigForm.class)
        void sayInTheIndexWhatItIsOnlyToDocker(ConfigForm config) {
            assertThat(index(forms.form(config, IndexForm.OCI)).json().has("mediaType"))
                    .isFalse();
            assertThat(List.copyOf(index(forms.form(config, IndexForm.DOCKER))
                            .json()
                            .members()
                            .keySet()))
                    .endsWith("mediaType");
        }

        @Test
        void giveTheirBytesAsCopies() {
            Payload payload = forms.preferred().index();

            payload.content()[0] = 'x';

            assertThat(payload.content()[0]).isEqualTo((byte) '{');
        }
    }

    @Nested
    class AfterARefusal {
        private static final List<String> NOT_OF_FORM = List.of("TAG_INVALID");

        @Test
        void ofTheManifestTheNextWrappingIsTriedAndTheIndexStays() {
            BundleForm start = forms.form(ConfigForm.CNAB, IndexForm.DOCKER);

            Optional<BundleForm> second =
                    forms.after(start, start.configManifest().descriptor(), refusal(400));
            Optional<BundleForm> third = second.flatMap(
                    form -> forms.after(form, form.configManifest().descriptor(), refusal(400)));
            Optional<BundleForm> none = third.flatMap(
                    form -> forms.after(form, form.configManifest().descriptor(), refusal(400)));

            assertThat(second).map(AfterARefusal::shape).hasValue(List.of(ConfigForm.OCI_IMAGE, IndexForm.DOCKER));
            assertThat(third).map(AfterARefusal::shape).hasValue(List.of(ConfigForm.DOCKER, IndexForm.DOCKER));
            assertThat(none).isEmpty();
        }

        @Test
        void ofTheIndexTheListIsTriedAndTheManifestStays() {
            BundleForm start = forms.form(ConfigForm.OCI_IMAGE, IndexForm.OCI);

            Optional<BundleForm> second = forms.after(start, start.index().descriptor(), refusal(415));
            Optional<BundleForm> none =
                    second.flatMap(form -> forms.after(form, form.index().descriptor(), refusal(415)));

            assertThat(second).map(AfterARefusal::shape).hasValue(List.of(ConfigForm.OCI_IMAGE, IndexForm.DOCKER));
            assertThat(none).isEmpty();
        }

        @Test
        void ofAnythingElseNothingIsTried() {
            BundleForm start = forms.preferred();
            Descriptor image = index(start).manifests().get(1);

            assertThat(forms.after(start, start.configBlob().descriptor(), refusal(400)))
                    .isEmpty();
            assertThat(forms.after(start, image, refusal(400))).isEmpty();
        }

        @Test
        void thatIsNotOneOfTheFormNothingIsTried() {
            BundleForm start = forms.preferred();
            RejectedException why = new RejectedException(400, NOT_OF_FORM, "PUT", "refused", null);

            assertThat(forms.after(start, start.index().descriptor(), why)).isEmpty();
        }

        private static List<Object> shape(BundleForm form) {
            return List.of(form.configForm(), form.indexForm());
        }

        private static RejectedException refusal(int status) {
            return new RejectedException(status, List.of(), "PUT", "refused", null);
        }
    }

    @Nested
    class Bundles {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{}|INVALID_BUNDLE|no invocation image",
                    "{'invocationImages':[]}|INVALID_BUNDLE|no invocation image",
                    "{'invocationImages':[{'image':'i','imageType':'oci'}]}|INVALID_BUNDLE|size of image \"i\" is not set",
                    "{'invocationImages':[{'image':'i','imageType':'oci','size':0}]}|INVALID_BUNDLE|not set",
                    "{'invocationImages':[{'image':'i','imageType':'vm','size':1}]}|IMAGE_UNSUPPORTED|image type \"vm\"",
                    "{'invocationImages':[{'image':'i','size':1}]}|IMAGE_UNSUPPORTED|image type \"\"",
                    "{'invocationImages':[{'image':'i','mediaType':'text/plain','size':1}]}|IMAGE_UNSUPPORTED|\"text/plain\"",
                    "{'invocationImages':[{'image':'j','imageType':'oci','size':1}]}|INVALID_RELOCATION_MAP|\"j\" is not in"
                })
        void thatCannotBeIndexedAreRefusedWithWhatToDo(String bundle, ErrorCode code, String message) {
            CnabException refused = catchThrowableOfType(
                    CnabException.class, () -> prepare(bundle, Map.of("i", "reg.example/app@" + DIGEST)));

            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused).hasMessageContaining(message);
            assertThat(refused.hint()).isPresent();
        }

        @Test
        void withoutASizeNameTheOptionThatFillsIt() {
            CnabException refused = catchThrowableOfType(
                    CnabException.class,
                    () -> prepare(
                            "{'invocationImages':[{'image':'i','imageType':'oci'}]}",
                            Map.of("i", "reg.example/app@" + DIGEST)));

            assertThat(refused.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("--auto-update-bundle"));
        }

        @ParameterizedTest
        @CsvSource({
            "'', no location",
            "Not A Ref, no location",
            "reg.example/app:1, no digest",
            "reg.example/app@sha256:abc, no location",
            "other.example/app@DIGEST, not in the repository of the target",
            "reg.example/other@DIGEST, not in the repository of the target",
            "oci:app@DIGEST, not in the repository of the target"
        })
        void whoseImagesAreNotInTheTargetAreRefused(String place, String message) {
            CnabException refused = catchThrowableOfType(
                    CnabException.class,
                    () -> prepare(
                            "{'invocationImages':[{'image':'i','imageType':'oci','size':1}]}",
                            Map.of("i", place.replace("DIGEST", DIGEST))));

            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_RELOCATION_MAP);
            assertThat(refused).hasMessageContaining(message);
            assertThat(refused.hint()).isPresent();
        }

        @Test
        void mayHaveSeveralInvocationImagesInTheirOrder() {
            BundleForm form = prepare(
                            "{'invocationImages':[{'image':'j','imageType':'docker','size':2},"
                                    + "{'image':'i','imageType':'oci','size':1}]}",
                            Map.of("i", "reg.example/app@" + DIGEST, "j", "reg.example/app@sha256:" + "b".repeat(64)))
                    .preferred();

            assertThat(index(form).manifests())
                    .extracting(
                            Descriptor::mediaType,
                            Descriptor::size,
                            entry -> entry.annotations().get("io.cnab.manifest.type"))
                    .endsWith(
                            tuple(MediaType.DOCKER_MANIFEST, 2L, "invocation"),
                            tuple(MediaType.OCI_MANIFEST, 1L, "invocation"));
        }

        @Test
        void mayLieInALayout() {
            BundleForms inLayout = BundleForms.prepare(
                    parse("{'invocationImages':[{'image':'i','imageType':'oci','size':1}]}"),
                    new RelocationMap(Map.of("i", "oci:some/dir@" + DIGEST)),
                    Location.parse("oci:some/dir:1"),
                    ManifestOption.NONE);

            assertThat(index(inLayout.preferred()).manifests().get(1).digest()).hasToString(DIGEST);
        }

        private BundleForms prepare(String bundle, Map<String, String> map) {
            return BundleForms.prepare(
                    parse(bundle), new RelocationMap(map), Location.parse("reg.example/app:1"), ManifestOption.NONE);
        }

        private Bundle parse(String json) {
            return Bundle.parse(json.replace('\'', '"').getBytes(UTF_8));
        }
    }

    @Test
    void listsInAnnotationsAreJsonInsideAString() {
        JsonObject annotations = JsonReader.readObject(forms.preferred().index().content(), JsonLimits.MANIFEST)
                .object("annotations")
                .orElseThrow();

        assertThat(annotations.string("io.cnab.keywords")).hasValue("[\"keyword1\",\"keyword2\"]");
        assertThat(annotations.string("org.opencontainers.image.authors"))
                .hasValue("[{\"name\":\"docker\",\"email\":\"docker@docker.com\",\"url\":\"docker.com\"}]");
    }

    private static IndexManifest index(BundleForm form) {
        return (IndexManifest) Manifest.parse(
                form.index().descriptor().mediaType(), form.index().content());
    }
}
