/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.converter.BundleForm.ConfigForm;
import io.github.cnab4j.converter.BundleForm.IndexForm;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.ExampleBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestOptionTest {
    private static final Descriptor EXTRA =
            Descriptor.of(MediaType.OCI_MANIFEST, Digest.parse("sha256:" + "e".repeat(64)), 3);

    @Test
    void thatAddsAnAnnotationFindsItAtItsPlaceInEveryForm() {
        BundleForms forms = prepare(index -> index.with(
                "annotations", index.object("annotations").orElseThrow().with("io.cnab.aaa", new JsonString("<x>"))));

        for (BundleForm form : forms.all()) {
            assertThat(new String(form.index().content(), UTF_8))
                    .contains("\"annotations\":{\"io.cnab.aaa\":\"\\u003cx\\u003e\",\"io.cnab.keywords\":");
        }
    }

    @Test
    void thatChangesAnAnnotationChangesNothingElse() {
        BundleForm plain = prepare(ManifestOption.NONE).preferred();
        BundleForm changed = prepare(index -> index.with(
                        "annotations",
                        index.object("annotations")
                                .orElseThrow()
                                .with("org.opencontainers.image.title", new JsonString("other"))))
                .preferred();

        assertThat(new String(changed.index().content(), UTF_8))
                .isEqualTo(new String(plain.index().content(), UTF_8)
                        .replace("image.title\":\"my-app\"", "image.title\":\"other\""));
        assertThat(changed.configManifest().descriptor())
                .isEqualTo(plain.configManifest().descriptor());
    }

    @Test
    void thatAddsAndRemovesEntriesFindsThemInEveryForm() {
        BundleForms forms = prepare(index -> {
            List<JsonValue> entries =
                    new ArrayList<>(index.array("manifests").orElseThrow().elements());
            entries.remove(2);
            entries.add(EXTRA.toJson());
            return index.with("manifests", new JsonArray(entries));
        });

        for (BundleForm form : forms.all()) {
            List<Descriptor> entries = index(form).manifests();
            assertThat(entries).hasSize(4).endsWith(EXTRA);
            assertThat(entries.get(0).identity())
                    .isEqualTo(form.configManifest().descriptor());
        }
    }

    @Test
    void thatGivesTheConfigAPlatformKeepsItThroughFallbacks() {
        BundleForms forms = prepare(index -> {
            List<JsonValue> entries =
                    new ArrayList<>(index.array("manifests").orElseThrow().elements());
            entries.set(0, ((JsonObject) entries.get(0)).with("platform", platform()));
            return index.with("manifests", new JsonArray(entries));
        });

        Descriptor config = index(forms.form(ConfigForm.DOCKER, IndexForm.DOCKER))
                .manifests()
                .get(0);

        assertThat(config.platform()).isNotNull();
        assertThat(config.mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST);
    }

    /** Members in the order of Go's types; the kind of a list is said last, as the Go tool does. */
    @Test
    void thatAddsMembersFindsThemInTheOrderOfTheGoTypes() {
        BundleForms forms = prepare(index -> index.with("x-member", new JsonString("x"))
                .with("subject", EXTRA.toJson())
                .with("artifactType", new JsonString("a/b"))
                .with("mediaType", new JsonString(MediaType.OCI_INDEX.value())));

        assertThat(members(forms.form(ConfigForm.CNAB, IndexForm.OCI)))
                .containsExactly(
                        "schemaVersion",
                        "mediaType",
                        "artifactType",
                        "manifests",
                        "subject",
                        "annotations",
                        "x-member");
        assertThat(members(forms.form(ConfigForm.CNAB, IndexForm.DOCKER)))
                .containsExactly(
                        "schemaVersion",
                        "artifactType",
                        "manifests",
                        "subject",
                        "annotations",
                        "x-member",
                        "mediaType");
    }

    @Test
    void thatRemovesTheAnnotationsLeavesNone() {
        BundleForm form = prepare(index -> index.without("annotations")).preferred();

        assertThat(members(form)).containsExactly("schemaVersion", "manifests");
    }

    @Test
    void runsOnceHoweverManyFormsAreMade() {
        AtomicInteger runs = new AtomicInteger();

        BundleForms forms = prepare(index -> index.with("x-run", new JsonString("" + runs.incrementAndGet())));

        assertThat(forms.all()).hasSize(6);
        assertThat(forms.all())
                .allSatisfy(
                        form -> assertThat(index(form).json().string("x-run")).hasValue("1"));
    }

    @Test
    void thatFailsStopsThePreparation() {
        IllegalStateException no = new IllegalStateException("no");

        assertThatThrownBy(() -> prepare(index -> {
                    throw no;
                }))
                .isSameAs(no);
    }

    @Test
    void isGivenTheIndexThatWouldBePushed() {
        List<JsonObject> given = new ArrayList<>();

        BundleForm form = prepare(index -> {
                    given.add(index);
                    return index;
                })
                .preferred();

        assertThat(GoJson.write(given.get(0))).isEqualTo(form.index().content());
    }

    @Test
    void thatFollowsAnotherSeesItsResult() {
        ManifestOption first = index -> index.with("x", new JsonString("1"));
        ManifestOption second =
                index -> index.with("y", new JsonString(index.string("x").orElse("") + "2"));

        BundleForm form = prepare(ManifestOption.NONE.then(first).then(second)).preferred();

        assertThat(index(form).json().string("y")).hasValue("12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'schemaVersion':1,'manifests':[]}",
                "{'schemaVersion':2}",
                "{'schemaVersion':2,'manifests':{}}",
                "{'schemaVersion':2,'manifests':[1]}",
                "{'schemaVersion':2,'manifests':[{'mediaType':'a/b','digest':'sha256:1','size':1}]}",
                "{'schemaVersion':2,'manifests':[],'mediaType':'application/vnd.docker.distribution.manifest.list.v2+json'}",
                "{'schemaVersion':2,'manifests':[],'annotations':[]}",
                "{'schemaVersion':2,'manifests':[],'annotations':{'a':1}}"
            })
    void thatGivesNoIndexIsRefused(String index) {
        JsonObject given = JsonReader.readObject(index.replace('\'', '"').getBytes(UTF_8), JsonLimits.MANIFEST);

        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> prepare(unused -> given));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(refused).hasMessageContaining("a manifest option gave no OCI index");
    }

    private static JsonObject platform() {
        return JsonObject.builder()
                .put("architecture", "amd64")
                .put("os", "linux")
                .build();
    }

    private static BundleForms prepare(ManifestOption option) {
        return BundleForms.prepare(
                ExampleBundle.bundle(),
                ExampleBundle.relocationMap(),
                Location.parse("my.registry/namespace/my-app:my-tag"),
                option);
    }

    private static List<String> members(BundleForm form) {
        return List.copyOf(index(form).json().members().keySet());
    }

    private static IndexManifest index(BundleForm form) {
        return (IndexManifest) Manifest.parse(
                form.index().descriptor().mediaType(), form.index().content());
    }
}
