/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.Generated;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A platform filter makes new content: what the bundle, the map and the index name must be that. */
class PlatformsTest {
    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();
    private GeneratedBundle generated = BundleBuilder.ofSmallImages("unset", "app", new ContentGenerator(1), 0);

    @BeforeEach
    void loadSources() {
        ContentGenerator generator = new ContentGenerator(1);
        generated = new BundleBuilder(sources.registry().host(), "app", generator.image())
                .component(
                        "multi",
                        generator.multiPlatform(
                                ImageFormat.OCI,
                                TargetPlatform.of("linux/amd64"),
                                TargetPlatform.of("linux/arm64"),
                                TargetPlatform.of("linux/arm/v7")))
                .build();
        sources.registry().load(generated);
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    @Test
    void filteredIndexIsWhatBundleMapAndTargetHold() {
        PushResult pushed = push("demo:1", "linux/amd64", "linux/arm/v7");

        BaseImage image = multi(pushed.bundle());
        String digest = String.valueOf(image.contentDigest());
        assertThat(digest).isNotEqualTo(index().digest());
        assertThat(pushed.relocationMap().find(image.image()))
                .contains(targets.registry().host() + "/demo@" + digest);
        byte[] filtered = target().manifest(digest);
        assertThat(Digest.sha256(filtered)).hasToString(digest);
        assertThat(image.size()).isEqualTo(filtered.length);
        assertThat(target().hasManifest(child(0).digest())).isTrue();
        assertThat(target().hasManifest(child(1).digest())).isFalse();
        assertThat(target().hasManifest(child(2).digest())).isTrue();
        assertThat(remotes.pull(reference("demo:1")).bundle()).isEqualTo(pushed.bundle());
    }

    @Test
    void filterIsSaid() {
        PushResult pushed = push("demo:1", "linux/amd64");

        assertThat(pushed.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.PLATFORMS_FILTERED);
        assertThat(pushed.warnings().get(0).message())
                .contains(
                        component().reference(),
                        index().digest(),
                        multi(pushed.bundle()).contentDigest());
    }

    @Test
    void unfilteredValuesAreCheckedFirst() {
        Bundle wrong = bundle().withImage("multi", imageWithSize(7L));

        FixupException failure = catchThrowableOfType(
                FixupException.class,
                () -> remotes.fixup(
                        wrong,
                        reference("demo:1"),
                        FixupOptions.defaults().withComponentImagePlatforms("linux/amd64")));

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_DIFFERS);
        assertThat(failure.getMessage()).contains("size is \"7\", found " + index().size());
    }

    @Test
    void everyPlatformWantedChangesNothing() {
        PushResult pushed = push("demo:1", "linux/amd64", "linux/arm64", "linux/arm/v7");

        assertThat(pushed.bundle()).isEqualTo(bundle());
        assertThat(pushed.warnings()).isEmpty();
        assertThat(target().hasManifest(index().digest())).isTrue();
    }

    @Test
    void imageForOnePlatformIsNotFiltered() {
        FixupResult fixed = remotes.fixup(
                bundle(), reference("demo:1"), FixupOptions.defaults().withInvocationImagePlatforms("windows/amd64"));

        assertThat(fixed.bundle()).isEqualTo(bundle());
    }

    @Test
    void platformsOfInvocationImagesLeaveComponentsAlone() {
        FixupResult fixed = remotes.fixup(
                bundle(), reference("demo:1"), FixupOptions.defaults().withInvocationImagePlatforms("linux/amd64"));

        assertThat(target().hasManifest(index().digest())).isTrue();
        assertThat(fixed.bundle()).isEqualTo(bundle());
    }

    @Test
    void platformThatNoEntryHasIsAnErrorThatNamesThoseThere() {
        FixupException failure = catchThrowableOfType(FixupException.class, () -> push("demo:1", "windows/amd64"));

        assertThat(failure.code()).isEqualTo(ErrorCode.NO_MATCHING_PLATFORM);
        assertThat(failure.image()).isEqualTo(component().reference());
        assertThat(failure.getMessage()).contains("windows/amd64");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("linux/arm64"));
        assertThat(target().tags()).isEmpty();
    }

    @Test
    void filterAppliesInTheTargetsOwnRepositoryToo() {
        PushResult pushed = remotes.fixupAndPush(
                bundle(),
                Reference.parse(sources.registry().host() + "/app/multi:bundle"),
                FixupOptions.defaults().withComponentImagePlatforms("linux/arm64"),
                PushOptions.defaults());

        String digest = String.valueOf(multi(pushed.bundle()).contentDigest());
        assertThat(digest).isNotEqualTo(index().digest());
        assertThat(sources.registry().repository("app/multi").hasManifest(digest))
                .isTrue();
    }

    @Test
    void filteredBundleIsPushedOnToTheNextRegistryWithTheSameDigests() {
        PushResult pushed = push("demo:1", "linux/arm64");

        PushResult again = remotes.fixupAndPush(
                pushed.bundle(),
                reference("next:1"),
                FixupOptions.defaults().withRelocationMap(pushed.relocationMap()),
                PushOptions.defaults());

        assertThat(again.descriptor()).isEqualTo(pushed.descriptor());
    }

    private PushResult push(String name, String... platforms) {
        return remotes.fixupAndPush(
                bundle(),
                reference(name),
                FixupOptions.defaults().withComponentImagePlatforms(platforms),
                PushOptions.defaults());
    }

    private Reference reference(String name) {
        return Reference.parse(targets.registry().host() + "/" + name);
    }

    private TestRepository target() {
        return targets.registry().repository("demo");
    }

    private Bundle bundle() {
        return Bundle.parse(generated.bytes());
    }

    private BaseImage imageWithSize(long size) {
        BaseImage image = multi(bundle());
        return new BaseImage(
                image.image(), image.imageType(), image.mediaType(), image.contentDigest(), size, image.labels());
    }

    private static BaseImage multi(Bundle bundle) {
        return Objects.requireNonNull(bundle.images().get("multi")).base();
    }

    private BundleImage component() {
        return generated.components().get(0);
    }

    private Generated index() {
        return component().content();
    }

    private Generated child(int position) {
        return ((GeneratedIndex) index()).children().get(position);
    }
}
