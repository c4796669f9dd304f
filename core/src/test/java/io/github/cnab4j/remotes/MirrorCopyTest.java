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
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.log.Kind;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies that give each image a repository of its own name: what is where, under which names, and at what price. */
class MirrorCopyTest {
    private static final ArtifactCopyOptions MIRROR =
            ArtifactCopyOptions.defaults().withRepositoryLayout(RepositoryLayout.MIRROR);

    private final TestRegistry source = TestRegistry.start();
    private final TestRegistry target = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();
    private final CopiedBundles bundles = new CopiedBundles(source, remotes);

    @TempDir
    Path directory;

    private Bundle bundle = ExampleBundle.bundle();

    @BeforeEach
    void push() {
        bundle = bundles.push(bundles.rich("app", 12), "bundle:1").bundle();
    }

    @AfterEach
    void stop() {
        remotes.close();
        source.close();
        target.close();
    }

    private Location there(String place) {
        return Location.parse(target.host() + "/" + place);
    }

    private RelocationMap map(ArtifactCopyResult result) {
        return Objects.requireNonNull(result.relocationMap());
    }

    @Test
    void eachImage_hasItsRepositoryAndTag_andTheMapLeadsThere() {
        ArtifactCopyResult copied = remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR);

        assertThat(target.repositories())
                .containsExactly(
                        "mirror/app/elsewhere",
                        "mirror/app/installer",
                        "mirror/app/multi",
                        "mirror/app/plain",
                        "mirror/app/second",
                        "mirror/app/sharing",
                        "mirror/hello");
        CopiedBundles.digests(bundle).forEach((image, digest) -> {
            String path = Location.parse(image)
                    .repositoryOnly()
                    .toString()
                    .substring(source.host().length() + 1);
            assertThat(map(copied).find(image)).contains(there("mirror/" + path) + "@" + digest);
            assertThat(target.repository("mirror/" + path)
                            .resolve(
                                    Objects.requireNonNull(Location.parse(image).tag())))
                    .contains(digest);
            remotes.verify(Location.parse(map(copied).find(image).orElseThrow()), VerifyOptions.defaults());
        });
    }

    @Test
    void bundle_isWholeInItsOwnRepository_withTheDigestItHad() {
        ArtifactCopyResult copied = remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR);

        assertThat(source.repository("bundle").resolve("1"))
                .contains(copied.descriptor().digest().toString());
        PullResult pulled = remotes.pull(there("mirror/hello:1"));
        assertThat(pulled.bundle().canonical()).isEqualTo(bundle.canonical());
        pulled.relocationMap()
                .entries()
                .values()
                .forEach(place -> remotes.verify(Location.parse(place), VerifyOptions.defaults()));
        assertThat(CopiedBundles.dangling(target.repository("mirror/hello"), "1"))
                .isEmpty();
    }

    @Test
    void everyBlob_isSentOnce_andMountedElsewhere() {
        remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR);

        Set<String> blobs = new HashSet<>(target.repository("mirror/hello").blobs());
        assertThat(source.log().count("GET", Kind.BLOB)).isEqualTo(blobs.size());
        assertThat(target.log().count("GET", Kind.BLOB)).isZero();
    }

    @Test
    void again_sendsNothing() {
        remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR);

        ArtifactCopyResult again = remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR);

        assertThat(again.report().mounted()).isZero();
        assertThat(target.openUploads()).isZero();
        // Only the bundle is read again.
        assertThat(source.log().count("GET", Kind.BLOB))
                .isEqualTo(target.repository("mirror/hello").blobs().size() + 1);
    }

    @Test
    void mirror_isAPlaceToTakeImagesFrom() {
        remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR);
        source.close();

        PushResult pushed = remotes.fixupAndPush(
                bundle,
                there("next:1"),
                FixupOptions.defaults().withFrom(ImageSource.parse(target.host() + "/mirror")),
                PushOptions.defaults());

        assertThat(pushed.bundle()).isEqualTo(bundle);
    }

    @Test
    void targetAtTheTop_hasItsImagesBesideIt() {
        remotes.copy(bundles.at("bundle:1"), there("hello:1"), MIRROR);

        assertThat(target.repository("app/plain").tags()).hasSize(1);
    }

    @Test
    void layouts_lieBesideEachOther_andLeadOn() {
        Location hello = Location.parse("oci:" + directory.resolve("hello") + ":1");

        ArtifactCopyResult copied = remotes.copy(bundles.at("bundle:1"), hello, MIRROR);
        source.close();

        map(copied).entries().values().forEach(place -> {
            assertThat(place).startsWith("oci:" + directory + "/app/");
            remotes.verify(Location.parse(place), VerifyOptions.defaults());
        });
        remotes.copy(hello, there("mirror/hello:1"), MIRROR);
        assertThat(CopiedBundles.dangling(target.repository("mirror/hello"), "1"))
                .isEmpty();
    }

    @Test
    void layoutOfAnImage_mayLieInThatOfTheBundle() {
        Location app = Location.parse("oci:" + directory.resolve("app") + ":1");

        ArtifactCopyResult copied = remotes.copy(bundles.at("bundle:1"), app, MIRROR);

        remotes.verify(app, VerifyOptions.defaults());
        assertThat(map(copied).entries().values()).allSatisfy(place -> {
            assertThat(place).startsWith("oci:" + directory + "/app/");
            remotes.verify(Location.parse(place), VerifyOptions.defaults());
        });
    }

    @Test
    void layoutsOfTheImages_mayBeThereBeforeTheBundles() {
        remotes.copy(bundles.at("bundle:1"), Location.parse("oci:" + directory.resolve("app/first") + ":1"), MIRROR);
        Location app = Location.parse("oci:" + directory.resolve("app") + ":1");

        remotes.copy(bundles.at("bundle:1"), app, MIRROR);

        remotes.verify(app, VerifyOptions.defaults());
    }

    @Test
    void archive_asSourceServes_asTargetIsRefused() {
        Location archive = Location.parse("oci-archive:" + directory.resolve("hello.tar") + ":1");
        remotes.copy(bundles.at("bundle:1"), archive, ArtifactCopyOptions.defaults());

        CopyException failure =
                catchThrowableOfType(CopyException.class, () -> remotes.copy(bundles.at("bundle:1"), archive, MIRROR));
        remotes.copy(archive, there("mirror/hello:1"), MIRROR);

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(failure).hasMessageContaining("an archive holds one repository");
        assertThat(target.repository("mirror/app/multi").tags()).hasSize(1);
    }

    @Test
    void twoImagesOfOneNameThere_areRefused_beforeAnythingMoves() {
        try (TestRegistry other = TestRegistry.start()) {
            other.load("app/plain", new ContentGenerator(99).image(), tagOf("plain"));
            BaseImage image =
                    Objects.requireNonNull(bundle.images().get("plain")).base();
            Bundle both = Bundle.of(bundle.json()
                    .with(
                            "images",
                            bundle.json()
                                    .object("images")
                                    .orElseThrow()
                                    .with(
                                            "other",
                                            JsonObject.ofStrings(Map.of(
                                                    "image", image.image().replace(source.host(), other.host()))))));
            remotes.fixupAndPush(
                    both,
                    bundles.at("both:1"),
                    FixupOptions.defaults().withAutoBundleUpdate(true),
                    PushOptions.defaults());

            CopyException failure = catchThrowableOfType(
                    CopyException.class, () -> remotes.copy(bundles.at("both:1"), there("mirror/both:1"), MIRROR));

            assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_CONFLICT);
            assertThat(failure).hasMessageContainingAll(source.host(), other.host(), "mirror/app/plain");
            assertThat(target.repositories()).isEmpty();
        }
    }

    private String tagOf(String component) {
        return Objects.requireNonNull(
                Location.parse(Objects.requireNonNull(bundle.images().get(component))
                                .base()
                                .image())
                        .tag());
    }

    @Test
    void withPlatforms_allRepositoriesHoldTheFilteredImages() {
        ArtifactCopyResult copied =
                remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR.withPlatforms("linux/amd64"));

        Bundle filtered = remotes.pull(there("mirror/hello:1")).bundle();
        CopiedBundles.digests(filtered)
                .forEach((image, digest) -> assertThat(map(copied).find(image))
                        .hasValueSatisfying(place -> assertThat(place).endsWith("@" + digest)));
        map(copied)
                .entries()
                .values()
                .forEach(place -> remotes.verify(Location.parse(place), VerifyOptions.defaults()));
    }

    @Test
    void signaturesOfImages_areInTheirRepositories() throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(256);
        SigningKey key = SigningKey.of(pairs.generateKeyPair().getPrivate().getEncoded());
        String plain = CopiedBundles.digests(bundle).get(source.host() + "/app/plain:" + tagOf("plain"));
        remotes.sign(bundles.at("bundle@" + plain), key, SignOptions.defaults());

        remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR);

        for (String place : List.of("mirror/hello@" + plain, "mirror/app/plain:" + tagOf("plain"))) {
            assertThat(remotes.verify(there(place), VerifyOptions.defaults().withKey(key.verificationKey()))
                            .signed())
                    .isTrue();
        }
    }

    @Test
    void whatIsNoBundle_cannotBeCopiedSo() {
        source.load("single", new ContentGenerator(5).image(), "1");

        CnabException failure = catchThrowableOfType(
                CnabException.class, () -> remotes.copy(bundles.at("single:1"), there("mirror/single:1"), MIRROR));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(failure).hasMessageContaining("is no bundle");
        assertThat(target.repositories()).isEmpty();
    }

    @Test
    void tagOfTheBundle_isPutWhenTheImagesAreInTheirPlaces() {
        target.inject(
                RequestPattern.of("PUT", Kind.MANIFEST)
                        .and(request -> request.path().contains("mirror/app/plain")),
                Fault.status(403));

        CnabException failure = catchThrowableOfType(
                CnabException.class, () -> remotes.copy(bundles.at("bundle:1"), there("mirror/hello:1"), MIRROR));

        assertThat(failure).hasMessageContaining("mirror/app/plain");
        assertThat(target.repository("mirror/hello").tags()).isEmpty();
    }
}
