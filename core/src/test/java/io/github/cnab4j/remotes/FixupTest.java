/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.LayoutWriter;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FixupTest {
    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();
    private GeneratedBundle generated = BundleBuilder.ofSmallImages("unset", "app", new ContentGenerator(1), 0);

    @BeforeEach
    void loadSources() {
        generated = builder().build();
        sources.registry().load(generated);
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    @Test
    void imagesLieInTheTargetAndTheMapLeadsThere() {
        FixupResult fixed = fixup(bundle(), FixupOptions.defaults());

        assertThat(fixed.bundle()).isEqualTo(bundle());
        for (BundleImage image : generated.images()) {
            assertThat(targets.registry()
                            .repository("demo")
                            .hasManifest(image.content().digest()))
                    .isTrue();
            assertThat(fixed.relocationMap().find(image.reference()))
                    .contains(targets.registry().host() + "/demo@"
                            + image.content().digest());
        }
        assertThat(fixed.report().uploaded()).isEqualTo(8);
        assertThat(targets.registry().repository("demo").tags()).isEmpty();
    }

    @Test
    void autoUpdateFillsWhatTheBundleLacks() {
        Bundle bare = Bundle.parse(builder().withoutDigests().build().bytes());

        FixupResult fixed = fixup(bare, FixupOptions.defaults().withAutoBundleUpdate(true));

        assertThat(fixed.bundle().canonical()).isEqualTo(bundle().canonical());
    }

    @Test
    void missingDigestIsAnErrorThatNamesTheFlag() {
        Bundle bare = bundle(builder().withoutDigests().build().json().replaceFirst(",\"images\":\\{.*\\}\\}", "}"));

        FixupException failure = failure(FixupException.class, bare, FixupOptions.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_DIFFERS);
        assertThat(failure.image()).isEqualTo(generated.invocationImage().reference());
        assertThat(failure.getMessage())
                .contains(
                        "contentDigest is missing",
                        generated.invocationImage().content().digest())
                .doesNotContain("\n");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("--auto-update-bundle"));
    }

    @Test
    void everyValueThatDiffersIsNamed() {
        BaseImage image = bundle().invocationImages().get(0).base();
        BaseImage wrong = new BaseImage(
                image.image(),
                image.imageType(),
                "application/vnd.docker.distribution.manifest.v2+json",
                "sha256:" + "1".repeat(64),
                7L,
                Map.of());

        FixupException failure =
                failure(FixupException.class, bundle().withInvocationImage(0, wrong), FixupOptions.defaults());

        assertThat(failure.getMessage())
                .contains("contentDigest is \"sha256:111")
                .contains("size is \"7\", found " + image.size())
                .contains("mediaType is \"application/vnd.docker.distribution.manifest.v2+json\", found "
                        + image.mediaType());
    }

    @Test
    void nothingMovesWhenOneImageIsMissing() {
        sources.registry().inject(RequestPattern.of(Kind.MANIFEST).repository("app/component-0"), Fault.status(404));

        FixupException failure = failure(FixupException.class, bundle(), FixupOptions.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(failure.getMessage()).contains("app/component-0:1.0");
        assertThat(failure.hint()).isPresent();
        assertThat(targets.registry().log().count(Kind.UPLOAD)).isZero();
        assertThat(targets.registry().log().count("PUT")).isZero();
    }

    @Test
    void everyImageThatFailsIsReported() {
        sources.registry().inject(RequestPattern.of(Kind.MANIFEST).repository("app/component-0"), Fault.status(404));
        sources.registry().inject(RequestPattern.of(Kind.MANIFEST).repository("app/installer"), Fault.status(403));

        CopyException failure = failure(CopyException.class, bundle(), FixupOptions.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.COPY_FAILED);
        assertThat(failure.failures())
                .extracting(CopyException.Failure::label)
                .containsExactly(reference("installer"), reference("component-0"));
        assertThat(failure.failures())
                .extracting(one -> one.cause().code())
                .containsExactly(ErrorCode.DENIED, ErrorCode.IMAGE_NOT_FOUND);
    }

    @Test
    void relocatedImageIsLookedForThereOnly() {
        BundleImage image = generated.invocationImage();
        targets.registry().load("mirror/app", image.content(), "v1");
        RelocationMap map =
                RelocationMap.empty().with(image.reference(), targets.registry().host() + "/mirror/app:v1");

        FixupResult fixed = fixup(bundle(), FixupOptions.defaults().withRelocationMap(map));

        assertThat(fixed.relocationMap().find(image.reference()))
                .contains(targets.registry().host() + "/demo@" + image.content().digest());
        assertThat(sources.registry()
                        .log()
                        .count(request -> request.repository().equals("app/installer")))
                .isZero();
    }

    @Test
    void relocatedImageThatIsNotThereIsNotFoundThoughItsOriginHasIt() {
        BundleImage image = generated.invocationImage();
        RelocationMap map =
                RelocationMap.empty().with(image.reference(), targets.registry().host() + "/mirror/app:v1");

        FixupException failure =
                failure(FixupException.class, bundle(), FixupOptions.defaults().withRelocationMap(map));

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(failure.getMessage()).contains(image.reference(), "/mirror/app:v1");
        assertThat(sources.registry()
                        .log()
                        .count(request -> request.repository().equals("app/installer")))
                .isZero();
    }

    @Test
    void otherEntriesOfTheMapAreKept() {
        RelocationMap map = RelocationMap.empty().with("elsewhere/x:1", "mirror/x:1");

        FixupResult fixed = fixup(bundle(), FixupOptions.defaults().withRelocationMap(map));

        assertThat(fixed.relocationMap().entries()).hasSize(3).containsEntry("elsewhere/x:1", "mirror/x:1");
    }

    @Test
    void imagesComeFromAMirrorThatHoldsThemUnderItsPath() {
        generated
                .images()
                .forEach(image -> targets.registry().load("hub/" + image.repository(), image.content(), image.tag()));
        sources.registry().inject(RequestPattern.any(), Fault.status(500));

        FixupResult fixed = fixup(
                bundle(),
                FixupOptions.defaults()
                        .withFrom(ImageSource.parse(targets.registry().host() + "/hub")));

        assertThat(fixed.relocationMap().find(generated.invocationImage().reference()))
                .contains(targets.registry().host() + "/demo@"
                        + generated.invocationImage().content().digest());
        assertThat(sources.registry().log().requests()).isEmpty();
    }

    @Test
    void imagesComeFromALayoutWithoutAnyRegistry(@TempDir Path folder) throws IOException {
        LayoutWriter.write(
                folder,
                generated.images().stream()
                        .map(image -> new LayoutWriter.Entry(image.reference(), image.content()))
                        .toList());
        Location target = Location.parse("oci:" + folder.resolve("target") + ":1");

        PushResult pushed = remotes.fixupAndPush(
                bundle(),
                target,
                FixupOptions.defaults().withFrom(ImageSource.parse("oci:" + folder)),
                PushOptions.defaults());

        assertThat(sources.registry().log().requests()).isEmpty();
        PullResult pulled = remotes.pull(target);
        assertThat(pulled.bundle()).isEqualTo(bundle());
        assertThat(pulled.digest()).isEqualTo(pushed.descriptor().digest());
        assertThat(pulled.relocationMap().find(generated.invocationImage().reference()))
                .contains("oci:" + folder.resolve("target") + "@"
                        + generated.invocationImage().content().digest());
    }

    @Test
    void imageThatTheLayoutLacksIsNotLookedForElsewhere(@TempDir Path folder) throws IOException {
        BundleImage image = generated.invocationImage();
        LayoutWriter.write(folder, image.reference(), image.content());

        FixupException failure = failure(
                FixupException.class, bundle(), FixupOptions.defaults().withFrom(ImageSource.parse("oci:" + folder)));

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(failure.getMessage()).contains(reference("component-0"));
        assertThat(sources.registry().log().requests()).isEmpty();
    }

    @Test
    void bundleWithoutInvocationImageIsRefusedBeforeAnyRequest() {
        Bundle none = bundle("{\"name\":\"none\",\"invocationImages\":[]}");

        InvalidInputException failure = failure(InvalidInputException.class, none, FixupOptions.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_BUNDLE);
        assertThat(failure.getMessage()).contains("none");
        assertNothingWasAsked();
    }

    @Test
    void unknownImageTypeIsRefusedBeforeAnyRequest() {
        Bundle vm = bundle(generated.json().replace("\"imageType\":\"docker\"", "\"imageType\":\"vm\""));

        FixupException failure = failure(FixupException.class, vm, FixupOptions.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_UNSUPPORTED);
        assertThat(failure.getMessage())
                .contains("vm", generated.invocationImage().reference());
        assertNothingWasAsked();
    }

    @Test
    void oneNameForTwoDigestsIsRefusedBeforeAnyRequest() {
        Bundle mixed = bundle(generated.json().replace(reference("component-0"), reference("installer")));

        FixupException failure = failure(FixupException.class, mixed, FixupOptions.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_CONFLICT);
        assertNothingWasAsked();
    }

    @Test
    void imageNameThatCannotBeReadIsOneClearMessage() {
        Bundle bad = bundle(generated.json().replace(reference("installer"), "Not A Name"));

        FixupException failure = failure(FixupException.class, bad, FixupOptions.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_REFERENCE);
        assertThat(failure.getMessage()).contains("Not A Name").doesNotContain("\n");
    }

    @Test
    void memberInAnotherCaseIsAWarning() {
        Bundle odd = bundle(generated.json().replaceFirst("\\{", "{\"Keywords\":[\"a\"],"));

        FixupResult fixed = fixup(odd, FixupOptions.defaults());

        assertThat(fixed.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.BUNDLE_UNUSUAL);
        assertThat(fixed.warnings().get(0).message()).contains("Keywords", "keywords");
    }

    @Test
    void widthMustBePositive() {
        for (List<Integer> widths : List.of(List.of(0, 1), List.of(1, 0), List.of(-1, 50))) {
            InvalidInputException failure = catchThrowableOfType(
                    InvalidInputException.class,
                    () -> FixupOptions.defaults().withParallelism(widths.get(0), widths.get(1)));
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        }
    }

    @Test
    void widthOneDoesOneRequestAtATime() {
        fixup(bundle(), FixupOptions.defaults().withParallelism(1, 1));

        assertThat(targets.registry().log().maxInFlight()).isEqualTo(1);
    }

    private FixupResult fixup(Bundle bundle, FixupOptions options) {
        return remotes.fixup(bundle, Reference.parse(targets.registry().host() + "/demo:1"), options);
    }

    private <E extends CnabException> E failure(Class<E> type, Bundle bundle, FixupOptions options) {
        return catchThrowableOfType(type, () -> fixup(bundle, options));
    }

    private void assertNothingWasAsked() {
        assertThat(sources.registry().log().requests()).isEmpty();
        assertThat(targets.registry().log().requests()).isEmpty();
    }

    private Bundle bundle() {
        return Bundle.parse(generated.bytes());
    }

    private static Bundle bundle(String json) {
        return Bundle.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private String reference(String image) {
        return sources.registry().host() + "/app/" + image + ":1.0";
    }

    private BundleBuilder builder() {
        ContentGenerator generator = new ContentGenerator(1);
        return new BundleBuilder(sources.registry().host(), "app", generator.image())
                .component("component-0", generator.image());
    }
}
