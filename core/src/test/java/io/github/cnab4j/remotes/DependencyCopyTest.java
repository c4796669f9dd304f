/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.vectors.Vectors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of bundles with those that they depend on: which versions, whereto, in which order, and what is refused. */
class DependencyCopyTest {
    private static final ArtifactCopyOptions WITH =
            ArtifactCopyOptions.defaults().withDependencies(true);

    private final TestRegistry source = TestRegistry.start();
    private final TestRegistry target = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();
    private final CopiedBundles bundles = new CopiedBundles(source, remotes);

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        remotes.close();
        source.close();
        target.close();
    }

    private Location there(String place) {
        return Location.parse(target.host() + "/" + place);
    }

    /** A dependency on a repository of the source. */
    private String on(String repository, String version) {
        return "{\"bundle\":\"" + source.host() + "/" + repository + "\"" + version + "}";
    }

    private PushResult push(String place, long seed, String... dependencies) {
        StringBuilder requires = new StringBuilder();
        for (int i = 0; i < dependencies.length; i++) {
            requires.append(i == 0 ? "" : ",")
                    .append("\"d")
                    .append(i)
                    .append("\":")
                    .append(dependencies[i]);
        }
        Bundle bundle = bundles.depending("b" + seed, seed, "{\"requires\":{" + requires + "}}");
        return bundles.push(bundle, place);
    }

    private CopyException failure() {
        return catchThrowableOfType(
                CopyException.class, () -> remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                | v2.1.0",
                ",\"version\":{\"ranges\":[\"1.x\"]}               | 1.10.0",
                ",\"version\":{\"ranges\":[\"1.2.x\",\"v1.0.0\"]}  | 1.2.3",
                ",\"version\":{\"ranges\":[\"1.x - 2\"]}           | v2.1.0",
                ",\"version\":{\"ranges\":[\">=1.3, <2\"]}         | 1.10.0",
                ",\"version\":{\"prereleases\":true}               | 3.0.0-rc.1",
                ",\"version\":{\"ranges\":[\"3.x\"],\"prereleases\":true} | 3.0.0-rc.1",
            })
    void version_isTheHighestThatTheRangesAllow(String version, String tag) {
        List<String> tags = List.of("1.0.0", "1.2.3", "1.10.0", "v2.1.0", "3.0.0-rc.1", "latest", "9", "nonsense");
        for (int i = 0; i < tags.size(); i++) {
            push("deps/db:" + tags.get(i), 20 + i);
        }
        push("apps/app:1", 1, on("deps/db", version));

        ArtifactCopyResult copied = remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH);

        assertThat(target.repository("m/deps/db").tags()).containsExactly(tag);
        assertThat(copied.dependencies()).singleElement().satisfies(one -> {
            assertThat(one.bundles()).containsExactly(source.host() + "/deps/db");
            assertThat(one.source().tag()).isEqualTo(tag);
            assertThat(one.location().toString())
                    .isEqualTo(
                            there("m/deps/db:" + tag) + "@" + one.descriptor().digest());
            remotes.verify(one.location(), VerifyOptions.defaults());
        });
    }

    @Test
    void tagOfTheReference_countsWhereThereAreNoRanges_andADigestAlways() {
        push("deps/db:edge", 2);
        push("deps/db:1.0.0", 3);
        PushResult pinned = push("deps/cache:x", 4);
        push(
                "apps/app:1",
                1,
                on("deps/db:edge", ""),
                on("deps/cache@" + pinned.descriptor().digest(), ""));

        ArtifactCopyResult copied = remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH);

        assertThat(target.repository("m/deps/db").tags()).containsExactly("edge");
        assertThat(target.repository("m/deps/cache").tags()).isEmpty();
        assertThat(target.repository("m/deps/cache").manifests())
                .contains(pinned.descriptor().digest().toString());
        assertThat(copied.dependencies()).hasSize(2);
    }

    @Test
    void repositoryWithoutVersions_isTakenAtLatest() {
        push("deps/db:latest", 2);
        push("apps/app:1", 1, on("deps/db", ""));

        remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH);

        assertThat(target.repository("m/deps/db").tags()).containsExactly("latest");
    }

    @Test
    void dependenciesOfDependencies_comeAlong_eachOnce_andBeforeWhatNeedsThem() {
        push("deps/net:1.0.0", 4);
        push("deps/db:1.0.0", 2, on("deps/net", ""));
        push("deps/cache:1.0.0", 3, on("deps/net:1.0.0", ""), on("deps/db", ""));
        push("apps/app:1", 1, on("deps/cache", ""), on("deps/db", ""));

        ArtifactCopyResult copied = remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH);

        assertThat(copied.dependencies())
                .extracting(one -> one.location().repositoryOnly().toString())
                .containsExactly(
                        there("m/deps/net").toString(),
                        there("m/deps/db").toString(),
                        there("m/deps/cache").toString());
        assertThat(copied.dependencies().get(0).bundles())
                .containsExactly(source.host() + "/deps/net", source.host() + "/deps/net:1.0.0");
    }

    @Test
    void bundlesThatNeedEachOther_areCopiedOnce() {
        push("deps/db:1.0.0", 2, on("deps/cache", ""));
        push("deps/cache:1.0.0", 3, on("deps/db", ""), on("apps/app:1", ""));
        push("apps/app:1", 1, on("deps/db", ""));

        ArtifactCopyResult copied = remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH);

        assertThat(copied.dependencies()).hasSize(2);
    }

    @Test
    void nestingWithoutEnd_isRefused() {
        push("deps/d18:1.0.0", 118);
        for (int i = 17; i > 0; i--) {
            push("deps/d" + i + ":1.0.0", 100 + i, on("deps/d" + (i + 1), ""));
        }
        push("apps/app:1", 1, on("deps/d1", ""));

        assertThat(failure().code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        assertThat(target.repositories()).isEmpty();
    }

    @Test
    void missingDependencies_areAllNamed_beforeAnythingMoves() {
        push("deps/db:2.0.0", 2);
        push("apps/app:1", 1, on("deps/nothing", ""), on("deps/db", ",\"version\":{\"ranges\":[\"1.x\"]}"));

        CopyException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure)
                .hasMessageContainingAll(
                        "dependency \"d0\" of " + bundles.at("apps/app:1"),
                        "deps/nothing",
                        "dependency \"d1\"",
                        "no tag of " + bundles.at("deps/db") + " is a version that 1.x allows");
        assertThat(target.repositories()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"bundle\":\"oci:/etc\"}                                 | INVALID_REFERENCE",
                "{\"bundle\":\"REGISTRY/UPPER\"}                               | INVALID_REFERENCE",
                "{\"bundle\":\"\"}                                         | INVALID_BUNDLE",
                "{\"version\":{}}                                          | INVALID_BUNDLE",
                "7                                                         | INVALID_BUNDLE",
                "{\"bundle\":\"REGISTRY/deps/db\",\"version\":{\"ranges\":[\"latest\"]}} | INVALID_BUNDLE",
                "{\"bundle\":\"REGISTRY/deps/db\",\"version\":{\"ranges\":\"1.x\"}}      | INVALID_BUNDLE",
                "{\"bundle\":\"REGISTRY/deps/image:1\"}                    | INVALID_MANIFEST",
            })
    void whatIsNoDependency_isRefused(String dependency, ErrorCode code) {
        push("deps/db:2.0.0", 2);
        source.load("deps/image", new ContentGenerator(9).image(), "1");
        push("apps/app:1", 1, dependency.replace("REGISTRY", source.host()));

        assertThat(failure().code()).isEqualTo(code);
        assertThat(target.repositories()).isEmpty();
    }

    @Test
    void twoRegistriesWithOneName_areRefused() {
        try (TestRegistry other = TestRegistry.start()) {
            push("deps/db:1.0.0", 2);
            new CopiedBundles(other, remotes)
                    .push(new CopiedBundles(other, remotes).depending("x", 3, "{}"), "deps/db:1.0.0");
            push("apps/app:1", 1, on("deps/db", ""), "{\"bundle\":\"" + other.host() + "/deps/db\"}");

            CopyException failure = failure();

            assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_CONFLICT);
            assertThat(failure).hasMessageContainingAll(source.host(), other.host(), "m/deps/db:1.0.0");
            assertThat(target.repositories()).isEmpty();
        }
    }

    @Test
    void bundle_isNotTaggedIfADependencyFails() {
        push("deps/db:1.0.0", 2);
        push("apps/app:1", 1, on("deps/db", ""));
        target.inject(
                RequestPattern.of("PUT", Kind.MANIFEST)
                        .and(request -> request.path().contains("m/deps/db")),
                Fault.status(403));

        assertThat(failure()).hasMessageContaining("deps/db");
        assertThat(target.repository("m/app").tags()).isEmpty();
    }

    @Test
    void overLayouts_withoutTheRegistryThatTheyCameFrom() {
        push("deps/db:1.0.0", 2);
        push("apps/app:1", 1, on("deps/db", ",\"version\":{\"ranges\":[\"1.x\"]}"));
        Location carried = Location.parse("oci:" + directory.resolve("app") + ":1");
        ArtifactCopyResult out = remotes.copy(bundles.at("apps/app:1"), carried, WITH);
        source.close();

        ArtifactCopyResult in = remotes.copy(carried, there("m/app:1"), WITH);

        assertThat(out.dependencies().get(0).location().toString())
                .startsWith("oci:" + directory.resolve("deps/db") + ":1.0.0@");
        assertThat(in.dependencies())
                .singleElement()
                .satisfies(one -> assertThat(one.descriptor())
                        .isEqualTo(out.dependencies().get(0).descriptor()));
        remotes.verify(there("m/deps/db:1.0.0"), VerifyOptions.defaults());
    }

    @Test
    void outOfAnArchive_dependenciesComeFromTheirRegistry_andNoneGoIntoOne() {
        push("deps/db:1.0.0", 2);
        push("apps/app:1", 1, on("deps/db", ""));
        Location archive = Location.parse("oci-archive:" + directory.resolve("app.tar") + ":1");
        remotes.copy(bundles.at("apps/app:1"), archive, ArtifactCopyOptions.defaults());

        remotes.copy(archive, there("m/app:1"), WITH);
        CopyException failure =
                catchThrowableOfType(CopyException.class, () -> remotes.copy(bundles.at("apps/app:1"), archive, WITH));

        assertThat(target.repository("m/deps/db").tags()).containsExactly("1.0.0");
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void mirroredDependencies_haveTheirImagesUnderTheSamePrefix() {
        push("deps/db:1.0.0", 2);
        push("apps/app:1", 1, on("deps/db", ""));

        remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH.withRepositoryLayout(RepositoryLayout.MIRROR));

        assertThat(target.repositories())
                .containsExactly(
                        "m/app",
                        "m/b1/component-0",
                        "m/b1/installer",
                        "m/b2/component-0",
                        "m/b2/installer",
                        "m/deps/db");
    }

    @Test
    void portersOwnExtension_isNotFollowed_andThatIsSaid() {
        JsonObject json = bundles.depending("p", 1, "{}").json();
        JsonObject custom =
                json.object("custom").orElseThrow().with("org.getporter.dependencies@v2", JsonObject.empty());
        bundles.push(Bundle.of(json.with("custom", custom)), "apps/app:1");

        ArtifactCopyResult copied = remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), WITH);

        assertThat(copied.dependencies()).isEmpty();
        assertThat(copied.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.DEPENDENCIES_NOT_FOLLOWED);
    }

    /** A signed bundle does not vouch for what its dependencies are today. */
    @Test
    void signatures_areRequiredOfDependenciesToo() {
        JsonObject keys = Vectors.load("signatures.json").document();
        SigningKey key = SigningKey.parse(
                keys.string("privateKey").orElseThrow(),
                () -> keys.string("password").orElseThrow().toCharArray());
        SignatureRequirement signed = SignatureRequirement.by(
                VerificationKey.parse(keys.string("publicKey").orElseThrow()));
        ArtifactCopyOptions options = WITH.withRequiredSignatures(List.of(signed));
        push("deps/db:1.0.0", 2);
        push("apps/app:1", 1, on("deps/db", ""));
        remotes.sign(bundles.at("apps/app:1"), key, SignOptions.defaults());

        CnabException refused = catchThrowableOfType(
                CnabException.class, () -> remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), options));
        assertThat(refused.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID);
        assertThat(refused).hasMessageContaining("deps/db");
        assertThat(target.repositories()).isEmpty();

        remotes.sign(bundles.at("deps/db:1.0.0"), key, SignOptions.defaults());
        remotes.copy(bundles.at("apps/app:1"), there("m/app:1"), options);
        assertThat(target.repository("m/deps/db").tags()).contains("1.0.0");
    }
}
