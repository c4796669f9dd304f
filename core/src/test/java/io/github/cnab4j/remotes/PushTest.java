/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForm.ConfigForm;
import io.github.cnab4j.converter.BundleForm.IndexForm;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.ManifestCondition;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushTest {
    private static final RequestPattern MANIFEST_PUT = RequestPattern.of("PUT", Kind.MANIFEST);

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().stores(stores()).build();

    private GeneratedBundle generated = BundleBuilder.ofSmallImages("unset", "app", new ContentGenerator(1), 0);

    /** Registries as they are, but the waits before a repeat take no time. */
    private static Stores stores() {
        return new DefaultStores(
                RegistryClient.builder().time(new FakeClock(), () -> 1).build());
    }

    @BeforeEach
    void loadSources() {
        generated = BundleBuilder.ofSmallImages(sources.registry().host(), "app", new ContentGenerator(1), 2);
        sources.registry().load(generated);
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    @Test
    void bundleComesBackAsItWasPushed() {
        PushResult pushed = push(PushOptions.defaults());

        PullResult pulled = remotes.pull(target("demo:1"));

        assertThat(pulled.bundle().canonical()).isEqualTo(bundle().canonical());
        assertThat(pulled.digest()).isEqualTo(pushed.descriptor().digest());
        assertThat(pulled.relocationMap().entries())
                .containsExactlyInAnyOrderEntriesOf(pushed.relocationMap().entries());
        assertThat(pulled.warnings()).isEmpty();
    }

    @Test
    void unknownMembersOfTheBundleComeBackToo() {
        String text = generated.json().replaceFirst("\\{", "{\"x-ours\":{\"b\":[1,null],\"a\":\"\"},");

        remotes.fixupAndPush(
                Bundle.parse(text.getBytes(StandardCharsets.UTF_8)),
                target("demo:1"),
                FixupOptions.defaults(),
                PushOptions.defaults());

        assertThat(new String(remotes.pull(target("demo:1")).bundle().canonical(), StandardCharsets.UTF_8))
                .contains("\"x-ours\":{\"a\":\"\",\"b\":[1,null]}");
    }

    @Test
    void whatTheMapNamesIsInTheTarget() {
        PushResult pushed = push(PushOptions.defaults());

        assertThat(pushed.relocationMap().entries()).hasSize(generated.images().size());
        pushed.relocationMap().entries().values().forEach(place -> {
            Reference image = Reference.parse(place);
            assertThat(image.repository()).isEqualTo(target("demo:1").repository());
            assertThat(repository().hasManifest(String.valueOf(image.digest()))).isTrue();
        });
    }

    @Test
    void indexIsPutLastAndAlone() {
        push(PushOptions.defaults());

        List<String> lines = targets.registry().log().lines();
        assertThat(lines.get(lines.size() - 1)).isEqualTo("PUT /v2/demo/manifests/1");
        assertThat(lines.subList(0, lines.size() - 1)).doesNotContain("PUT /v2/demo/manifests/1");
    }

    @Test
    void sameBundleGivesTheSameDigestAgain() {
        Digest first = push(PushOptions.defaults()).descriptor().digest();

        assertThat(push(PushOptions.defaults()).descriptor().digest()).isEqualTo(first);
    }

    @Test
    void targetWithoutTagGetsTheBundleByDigestAlone() {
        PushResult pushed =
                remotes.fixupAndPush(bundle(), target("demo"), FixupOptions.defaults(), PushOptions.defaults());

        assertThat(repository().tags()).isEmpty();
        assertThat(remotes.pull(target("demo@" + pushed.descriptor().digest())).bundle())
                .isEqualTo(bundle());
    }

    @Test
    void digestOfTheTargetIsNotTheBundlesAndSaidSo() {
        String other = "sha256:" + "0".repeat(64);

        PushResult pushed = remotes.fixupAndPush(
                bundle(), target("demo:1@" + other), FixupOptions.defaults(), PushOptions.defaults());

        assertThat(pushed.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.TARGET_DIGEST_IGNORED);
        assertThat(repository().tags()).isEmpty();
        assertThat(repository().hasManifest(pushed.descriptor().digest().toString()))
                .isTrue();
    }

    @Test
    void severalInvocationImagesArePushed() {
        String image = generated.json().replaceAll("(?s).*\"invocationImages\":\\[(\\{.*?\\})\\].*", "$1");
        String second = image.replace("app/installer", "app/component-0")
                .replace(
                        generated.invocationImage().content().digest(),
                        generated.components().get(0).content().digest())
                .replace(
                        "\"size\":" + generated.invocationImage().content().size(),
                        "\"size\":" + generated.components().get(0).content().size());
        String text = generated
                .json()
                .replace("\"invocationImages\":[" + image, "\"invocationImages\":[" + image + "," + second);
        Bundle bundle = Bundle.parse(text.getBytes(StandardCharsets.UTF_8));
        assertThat(bundle.invocationImages()).hasSize(2);

        remotes.fixupAndPush(bundle, target("demo:1"), FixupOptions.defaults(), PushOptions.defaults());

        assertThat(remotes.pull(target("demo:1")).bundle()).isEqualTo(bundle);
    }

    @Test
    void manifestOptionsChangeTheIndexInTheirOrder() {
        push(PushOptions.defaults()
                .withManifestOption(index -> annotated(index, "one", "1"))
                .withManifestOption(index -> annotated(
                        index,
                        "two",
                        index.object("annotations")
                                        .flatMap(all -> all.string("one"))
                                        .orElse("") + "2")));

        assertThat(new String(repository().manifest("1"), StandardCharsets.UTF_8))
                .contains("\"one\":\"1\"", "\"two\":\"12\"");
    }

    @Test
    void manifestOptionThatThrowsStopsThePushBeforeAnythingIsStored() {
        InvalidInputException refusal = new InvalidInputException(ErrorCode.INVALID_OPTION, "not on Fridays");

        CnabException failure = catchThrowableOfType(
                CnabException.class,
                () -> push(PushOptions.defaults().withManifestOption(index -> {
                    throw refusal;
                })));

        assertThat(failure).hasMessageContaining("not on Fridays");
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(targets.registry().log().requests())
                .allMatch(request ->
                        request.method().equals("HEAD") || request.method().equals("GET"));
    }

    @Test
    void registryThatRefusesTheConfigTypeGetsAnotherForm() {
        targets.registry()
                .inject(
                        MANIFEST_PUT,
                        Fault.refuseManifest(
                                ManifestCondition.configMediaType(MediaType.CNAB_CONFIG.value()),
                                400,
                                io.github.cnab4j.server.protocol.ErrorCode.MANIFEST_INVALID));

        PushResult pushed = push(PushOptions.defaults());

        assertThat(pushed.form().configForm()).isEqualTo(ConfigForm.OCI_IMAGE);
        assertThat(pushed.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.FALLBACK_TAKEN);
        assertThat(repository().resolve("1"))
                .contains(pushed.descriptor().digest().toString());
        assertThat(remotes.pull(target("demo:1")).bundle()).isEqualTo(bundle());
    }

    @Test
    void registryThatRefusesIndexesGetsAList() {
        targets.registry()
                .inject(
                        MANIFEST_PUT,
                        Fault.refuseManifest(
                                ManifestCondition.mediaType(MediaType.OCI_INDEX.value()),
                                415,
                                io.github.cnab4j.server.protocol.ErrorCode.UNSUPPORTED));

        PushResult pushed = push(PushOptions.defaults());

        assertThat(pushed.form().indexForm()).isEqualTo(IndexForm.DOCKER);
        assertThat(repository().mediaType("1")).isEqualTo(MediaType.DOCKER_LIST.value());
        assertThat(remotes.pull(target("demo:1")).bundle()).isEqualTo(bundle());
    }

    @Test
    void withoutFallbacksTheRefusalIsTheError() {
        targets.registry()
                .inject(
                        MANIFEST_PUT,
                        Fault.refuseManifest(
                                ManifestCondition.configMediaType(MediaType.CNAB_CONFIG.value()),
                                400,
                                io.github.cnab4j.server.protocol.ErrorCode.MANIFEST_INVALID));

        CnabException failure = catchThrowableOfType(
                CnabException.class, () -> push(PushOptions.defaults().withAllowFallbacks(false)));

        assertThat(failure.code()).isEqualTo(ErrorCode.REJECTED);
        assertThat(failure.getMessage()).contains("MANIFEST_INVALID").contains("demo");
        assertThat(repository().tags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 502, 503})
    void whatIsNoRefusalOfTheFormLeadsToNoOtherForm(int status) {
        targets.registry()
                .inject(
                        MANIFEST_PUT,
                        Fault.refuseManifest(
                                ManifestCondition.configMediaType(MediaType.CNAB_CONFIG.value()),
                                status,
                                io.github.cnab4j.server.protocol.ErrorCode.UNKNOWN));

        assertThatThrownBy(() -> push(PushOptions.defaults())).isInstanceOf(CnabException.class);

        assertThat(repository().tags()).isEmpty();
    }

    @Test
    void pushWithoutFixupNeedsEveryImageInTheMap() {
        assertThatThrownBy(
                        () -> remotes.push(bundle(), RelocationMap.empty(), target("demo:1"), PushOptions.defaults()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_RELOCATION_MAP));

        assertThat(targets.registry().log().requests()).isEmpty();
    }

    @Test
    void fixupThenPushGivesWhatBothInOneGive() {
        FixupResult fixed = remotes.fixup(bundle(), target("demo:1"), FixupOptions.defaults());
        assertThat(repository().tags()).isEmpty();

        PushResult inTwo =
                remotes.push(fixed.bundle(), fixed.relocationMap(), target("demo:1"), PushOptions.defaults());

        PushResult inOne =
                remotes.fixupAndPush(bundle(), target("other:1"), FixupOptions.defaults(), PushOptions.defaults());
        assertThat(inTwo.descriptor()).isEqualTo(inOne.descriptor());
    }

    private PushResult push(PushOptions options) {
        return remotes.fixupAndPush(bundle(), target("demo:1"), FixupOptions.defaults(), options);
    }

    private Bundle bundle() {
        return Bundle.parse(generated.bytes());
    }

    private TestRepository repository() {
        return targets.registry().repository("demo");
    }

    private Reference target(String name) {
        return Reference.parse(targets.registry().host() + "/" + name);
    }

    private static JsonObject annotated(JsonObject index, String name, String value) {
        return index.with(
                "annotations",
                index.object("annotations").orElse(JsonObject.empty()).with(name, new JsonString(value)));
    }
}
