/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies with fewer platforms: everything that leads to what was rewritten is rewritten too, and nothing names what is not there. */
class PlatformCopyTest {
    private final TestRegistry source = TestRegistry.start();
    private final TestRegistry target = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();
    private final CopiedBundles bundles = new CopiedBundles(source, remotes);

    @TempDir
    Path directory;

    private Bundle bundle = ExampleBundle.bundle();
    private Digest whole = Digest.sha256(new byte[0]);

    @BeforeEach
    void push() {
        PushResult pushed = bundles.push(bundles.rich("app", 11), "bundle:1");
        bundle = pushed.bundle();
        whole = pushed.descriptor().digest();
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

    private ArtifactCopyResult copy(Location from, Location to, String... platforms) {
        return remotes.copy(
                from,
                to,
                ArtifactCopyOptions.defaults().withPlatforms(platforms).withRelocationMap(true));
    }

    @Test
    void bundle_isThatOfAFilteredPush() {
        PushResult pushed = remotes.fixupAndPush(
                bundle,
                there("pushed:1"),
                FixupOptions.defaults()
                        .withInvocationImagePlatforms("linux/arm64")
                        .withComponentImagePlatforms("linux/arm64"),
                PushOptions.defaults());

        ArtifactCopyResult copied = copy(bundles.at("bundle:1"), there("copied:1"), "linux/arm64");

        assertThat(copied.descriptor()).isEqualTo(pushed.descriptor().identity());
        assertThat(copied.descriptor().digest()).isNotEqualTo(whole);
        assertThat(target.repository("copied").manifests())
                .isEqualTo(target.repository("pushed").manifests());
        assertThat(target.repository("copied").blobs())
                .isEqualTo(target.repository("pushed").blobs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oci:", "oci-archive:"})
    void bundleAndMap_nameWhatIsThere_whereverItGoesAndComesFrom(String kind) {
        Location from = bundles.at("bundle:1");
        Location over = kind.isEmpty() ? there("over:1") : Location.parse(kind + directory.resolve("store") + ":1");
        remotes.copy(from, over, ArtifactCopyOptions.defaults());

        ArtifactCopyResult copied = copy(over, there("copied:1"), "linux/amd64", "linux/arm/v7");

        PullResult pulled = remotes.pull(there("copied:1"));
        assertThat(copied.relocationMap()).isEqualTo(pulled.relocationMap());
        assertThat(pulled.digest()).isEqualTo(copied.descriptor().digest());
        Map<String, String> digests = CopiedBundles.digests(pulled.bundle());
        assertThat(digests.keySet()).isEqualTo(CopiedBundles.digests(bundle).keySet());
        digests.forEach((image, digest) -> {
            assertThat(pulled.relocationMap().find(image)).contains(there("copied") + "@" + digest);
            assertThat(target.repository("copied").hasManifest(digest)).isTrue();
        });
        assertThat(CopiedBundles.dangling(target.repository("copied"), "1")).isEmpty();
        assertThat(pulled.bundle().json().object("unknown"))
                .isEqualTo(bundle.json().object("unknown"));
        remotes.verify(there("copied:1"), VerifyOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci:", "oci-archive:"})
    void intoALayout_isTheSame(String kind) {
        Location place = Location.parse(kind + directory.resolve("store") + ":1");

        ArtifactCopyResult copied = copy(bundles.at("bundle:1"), place, "linux/amd64");

        assertThat(remotes.verify(place, VerifyOptions.defaults()).descriptor()).isEqualTo(copied.descriptor());
        assertThat(remotes.pull(place).relocationMap()).isEqualTo(copied.relocationMap());
        assertThat(copy(bundles.at("bundle:1"), there("copied:1"), "linux/amd64")
                        .descriptor())
                .isEqualTo(copied.descriptor());
    }

    @Test
    void unwantedPlatforms_areNotSent() {
        copy(bundles.at("bundle:1"), there("copied:1"), "linux/amd64");

        String multi = String.valueOf(bundle.images().get("multi").base().contentDigest());
        IndexManifest index = (IndexManifest)
                Manifest.parse(MediaType.OCI_INDEX, source.repository("bundle").manifest(multi));
        TestRepository copied = target.repository("copied");
        assertThat(index.manifests())
                .extracting(entry -> copied.hasManifest(entry.digest().toString()))
                .containsExactly(true, false, false);
        assertThat(copied.hasManifest(multi)).isFalse();
    }

    @Test
    void withinOneRepository_theFilteredBundleIsMadeToo() {
        ArtifactCopyResult copied = copy(bundles.at("bundle:1"), bundles.at("bundle:amd64"), "linux/amd64");

        assertThat(source.repository("bundle").resolve("amd64"))
                .contains(copied.descriptor().digest().toString());
        assertThat(source.repository("bundle").resolve("1")).contains(whole.toString());
        assertThat(CopiedBundles.dangling(source.repository("bundle"), "amd64")).isEmpty();
    }

    @Test
    void platformsThatAllImagesHaveAlone_changeNothing() {
        ArtifactCopyResult copied =
                copy(bundles.at("bundle:1"), there("copied:1"), "linux/amd64", "linux/arm64", "linux/arm/v7");

        assertThat(copied.descriptor().digest()).isEqualTo(whole);
        assertThat(copied.warnings()).isEmpty();
    }

    @Test
    void imageWithoutThePlatform_failsBeforeAnythingMoves_withItsNameAndPlatforms() {
        CopyException failure = catchThrowableOfType(
                CopyException.class, () -> copy(bundles.at("bundle:1"), there("copied:1"), "linux/s390x"));

        assertThat(failure.code()).isEqualTo(ErrorCode.NO_MATCHING_PLATFORM);
        assertThat(failure)
                .hasMessageContainingAll(source.host() + "/app/multi", source.host() + "/app/installer", "linux/s390x");
        assertThat(failure.failures())
                .hasSize(2)
                .allSatisfy(image -> assertThat(image.cause().hint())
                        .hasValueSatisfying(hint -> assertThat(hint).contains("linux/amd64", "linux/arm/v7")));
        assertThat(target.repository("copied").blobs()).isEmpty();
        assertThat(target.repository("copied").manifests()).isEmpty();
    }

    @Test
    void plainIndex_keepsItsWantedEntries() {
        GeneratedIndex index = new ContentGenerator(3)
                .multiPlatform(ImageFormat.DOCKER, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64"));
        source.load("plain", index, "1");

        ArtifactCopyResult copied = remotes.copy(
                bundles.at("plain:1"),
                there("plain:1"),
                ArtifactCopyOptions.defaults().withPlatforms(List.of(Platform.parse("linux/arm64"))));

        assertThat(target.repository("plain")
                        .hasManifest(index.children().get(1).digest()))
                .isTrue();
        assertThat(target.repository("plain")
                        .hasManifest(index.children().get(0).digest()))
                .isFalse();
        assertThat(CopiedBundles.dangling(target.repository("plain"), "1")).isEmpty();
        assertThat(copied.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.PLATFORMS_FILTERED);
    }

    @Test
    void indexOfIndexesAlone_hasNoPlatformToKeep() {
        source.load("nested", new ContentGenerator(4).nested(2), "1");

        CopyException failure = catchThrowableOfType(
                CopyException.class,
                () -> remotes.copy(
                        bundles.at("nested:1"),
                        there("nested:1"),
                        ArtifactCopyOptions.defaults().withPlatforms("linux/amd64")));

        assertThat(failure.code()).isEqualTo(ErrorCode.NO_MATCHING_PLATFORM);
        assertThat(failure).hasMessageContainingAll("nested:1", target.host());
    }

    @Test
    void imageForOnePlatform_isCopiedAsItIs() {
        String digest = source.load("single", new ContentGenerator(5).image(), "1");

        ArtifactCopyResult copied = remotes.copy(
                bundles.at("single:1"),
                there("single:1"),
                ArtifactCopyOptions.defaults().withPlatforms("windows/amd64"));

        assertThat(copied.descriptor().digest()).hasToString(digest);
    }

    @Test
    void signaturesOfWhatIsRewritten_stayBehind_andThatIsSaid_othersComeAlong() throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(256);
        SigningKey key = SigningKey.of(pairs.generateKeyPair().getPrivate().getEncoded());
        VerificationKey verification = key.verificationKey();
        String plain = String.valueOf(bundle.images().get("plain").base().contentDigest());
        remotes.sign(bundles.at("bundle:1"), key, SignOptions.defaults());
        remotes.sign(bundles.at("bundle@" + plain), key, SignOptions.defaults());

        ArtifactCopyResult copied = copy(bundles.at("bundle:1"), there("copied:1"), "linux/amd64");

        assertThat(copied.warnings()).extracting(Warning::kind).contains(Warning.Kind.REFERRERS_LEFT);
        assertThat(remotes.verify(
                                there("copied@" + plain),
                                VerifyOptions.defaults().withKey(verification))
                        .signed())
                .isTrue();
        assertThat(target.repository("copied").tags())
                .noneMatch(tag -> tag.contains(whole.toString().replace(':', '-')));
    }

    @Test
    void archive_holdsTheFilteredBundle_andPublishFiltersToo() {
        Path filtered = directory.resolve("filtered.tgz");
        Path all = directory.resolve("all.tgz");
        List<Platform> amd64 = List.of(Platform.parse("linux/amd64"));
        remotes.archive(
                bundles.at("bundle:1"), filtered, ArchiveOptions.defaults().withPlatforms(amd64));
        remotes.archive(bundles.at("bundle:1"), all, ArchiveOptions.defaults());

        PushResult one = remotes.publish(filtered, there("one:1"), PublishOptions.defaults());
        PushResult other =
                remotes.publish(all, there("other:1"), PublishOptions.defaults().withPlatforms(amd64));

        assertThat(one.descriptor()).isEqualTo(other.descriptor());
        assertThat(other.warnings()).extracting(Warning::kind).contains(Warning.Kind.REFERRERS_LEFT);
        assertThat(one.descriptor().identity())
                .isEqualTo(copy(bundles.at("bundle:1"), there("copied:1"), "linux/amd64")
                        .descriptor());
        assertThat(CopiedBundles.dangling(target.repository("one"), "1")).isEmpty();
        assertThat(filtered.toFile().length()).isLessThan(all.toFile().length());
    }
}
