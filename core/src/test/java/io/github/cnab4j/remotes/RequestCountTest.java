/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.transfer.CopyOptions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How many requests an operation needs. The bundle has two images, each a manifest with a config and two layers; no content is in
 * both. The numbers follow from the protocol: a request for everything that has to be known or moved, and none twice.
 */
class RequestCountTest {
    private static final int IMAGES = 2;
    private static final int BLOBS = 3 * IMAGES;
    /** Asked of the target at the same time: whether the repository exists, has an image, has something under the tag. */
    private static final int QUESTIONS = 3;

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();

    /** What most registries do: the request that could bring a small blob opens an upload for it. */
    @BeforeEach
    void takeNoBlobInOneRequest() {
        targets.registry().inject(RequestPattern.of("POST", Kind.UPLOAD), Fault.ignorePostedBlob());
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    @Test
    void fixupIntoAnEmptyRegistry() {
        Bundle bundle = load(sources.registry());

        remotes.fixup(bundle, target(), FixupOptions.defaults());

        // What an image's tag means and its manifest at once, since everything will be copied; its blobs.
        assertThat(sources.registry().log().lines()).hasSize(IMAGES + BLOBS);
        assertThat(sources.registry().log().count("GET", Kind.MANIFEST)).isEqualTo(IMAGES);
        assertThat(sources.registry().log().count("GET", Kind.BLOB)).isEqualTo(BLOBS);
        // Whether the repository exists, whether it has one of the images all the same, what has the bundle's tag; an
        // upload begun and ended for each blob, the manifests.
        assertThat(targets.registry().log().lines()).hasSize(QUESTIONS + 2 * BLOBS + IMAGES);
        assertThat(targets.registry().log().count("GET", Kind.TAGS)).isEqualTo(1);
        assertThat(targets.registry().log().count("GET", Kind.MANIFEST)).isEqualTo(1);
        assertThat(targets.registry().log().count("HEAD", Kind.MANIFEST)).isEqualTo(1);
        assertThat(targets.registry().log().count("HEAD", Kind.BLOB)).isZero();
        assertThat(targets.registry().log().count("POST", Kind.UPLOAD)).isEqualTo(BLOBS);
        assertThat(targets.registry().log().count("PUT", Kind.UPLOAD)).isEqualTo(BLOBS);
        assertThat(targets.registry().log().count("PUT", Kind.MANIFEST)).isEqualTo(IMAGES);
    }

    @Test
    void pushIntoAnEmptyRegistry() {
        Bundle bundle = load(sources.registry());

        push(bundle);

        assertThat(sources.registry().log().lines()).hasSize(IMAGES + BLOBS);
        // As a fixup; and the bundle as a blob, its manifest, the index under its tag.
        int ofTheBundle = 2 + 1 + 1;
        assertThat(targets.registry().log().lines()).hasSize(QUESTIONS + 2 * BLOBS + IMAGES + ofTheBundle);
        assertThat(targets.registry().log().lines().get(targets.registry().log().count() - 1))
                .isEqualTo("PUT /v2/demo/manifests/1");
    }

    /** The first blob finds out; with one request at a time every other one knows. */
    @Test
    void pushIntoARegistryThatTakesABlobInOneRequest() {
        Bundle bundle = load(sources.registry());
        targets.registry().clearFaults();

        try (Remotes narrow = Remotes.builder()
                .copyOptions(CopyOptions.defaults().withParallelism(1))
                .build()) {
            narrow.fixupAndPush(bundle, target(), FixupOptions.defaults(), PushOptions.defaults());
        }

        assertThat(targets.registry().log().count("POST", Kind.UPLOAD)).isEqualTo(BLOBS + 1);
        assertThat(targets.registry().log().count("PUT", Kind.UPLOAD)).isZero();
    }

    @Test
    void pushOfWhatIsThereMovesNothing() {
        Bundle bundle = load(sources.registry());
        push(bundle);
        sources.registry().log().clear();
        targets.registry().log().clear();

        push(bundle);

        // What each image's tag means now.
        assertThat(sources.registry().log().lines()).hasSize(IMAGES);
        // The index under the tag answers for everything else, and for the tag.
        assertThat(targets.registry().log().lines()).hasSize(QUESTIONS);
        assertThat(targets.registry().log().count("GET", Kind.MANIFEST)).isEqualTo(1);
    }

    /** One for the images, one for everything that is done at the target, however much is asked at the same time. */
    @Test
    void pushFetchesOneTokenForEachRepository() {
        try (TestRegistry guarded = TestRegistry.builder()
                        .access(Access.tokens(Account.of("ann", "one")))
                        .start();
                Remotes known = Remotes.builder()
                        .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", "one")))
                        .build()) {
            Bundle bundle = load(sources.registry());
            Reference there = Reference.parse(guarded.host() + "/demo:1");

            known.fixupAndPush(bundle, there, FixupOptions.defaults(), PushOptions.defaults());
            assertThat(guarded.log().count(Kind.TOKEN)).isEqualTo(1);

            guarded.log().clear();
            known.copy(there, Reference.parse(sources.registry().host() + "/copy:1"), ArtifactCopyOptions.defaults());
            known.copy(
                    Reference.parse(sources.registry().host() + "/copy:1"),
                    Reference.parse(guarded.host() + "/other:1"),
                    ArtifactCopyOptions.defaults());
            assertThat(guarded.log().count(Kind.TOKEN)).isEqualTo(1);
        }
    }

    @Test
    void pushUnderAnotherTagAsksForWhatThatTagDoesNotName() {
        Bundle bundle = load(sources.registry());
        push(bundle);
        sources.registry().log().clear();
        targets.registry().log().clear();

        remotes.fixupAndPush(
                bundle,
                Reference.parse(targets.registry().host() + "/demo:2"),
                FixupOptions.defaults(),
                PushOptions.defaults());

        assertThat(sources.registry().log().lines()).hasSize(IMAGES);
        // Each image, the index, and its new tag.
        assertThat(targets.registry().log().lines()).hasSize(QUESTIONS + IMAGES + 1 + 1);
        assertThat(targets.registry().log().count(Kind.UPLOAD)).isZero();
    }

    @Test
    void pushIntoTheRegistryThatHasTheImagesMovesNoBlob() {
        Bundle bundle = load(targets.registry());

        push(bundle);

        // The images' manifests; the questions of each push; each blob mounted with one request; the manifests; and as
        // for every push the bundle.
        int ofTheBundle = 2 + 1 + 1;
        assertThat(targets.registry().log().lines()).hasSize(IMAGES + QUESTIONS + BLOBS + IMAGES + ofTheBundle);
        assertThat(targets.registry()
                        .log()
                        .count(request -> request.query().contains("mount=") && request.status() == 201))
                .isEqualTo(BLOBS);
        assertThat(targets.registry().log().count("GET", Kind.BLOB)).isZero();
    }

    @Test
    void imagesInTheTargetRepositoryAreLookedUpOnly() {
        GeneratedBundle generated = generate(targets.registry());
        targets.registry().load(generated);
        String repository = targets.registry().host() + "/app/installer:bundle";
        Bundle bundle =
                Bundle.parse(BundleBuilder.ofSmallImages(targets.registry().host(), "app", new ContentGenerator(1), 0)
                        .bytes());

        remotes.fixup(bundle, Reference.parse(repository), FixupOptions.defaults());

        assertThat(targets.registry().log().lines())
                .hasSize(QUESTIONS + 1)
                .last()
                .isEqualTo("HEAD /v2/app/installer/manifests/1.0");
        assertThat(targets.registry().log().count("GET", Kind.TAGS)).isEqualTo(1);
    }

    @Test
    void pullReadsTheIndexTheManifestAndTheBundle() {
        push(load(sources.registry()));
        targets.registry().log().clear();

        remotes.pull(target());

        // The index under its tag, the config manifest, the bundle.
        assertThat(targets.registry().log().lines()).hasSize(3);
        assertThat(targets.registry().log().count("GET", Kind.MANIFEST)).isEqualTo(2);
        assertThat(targets.registry().log().count("GET", Kind.BLOB)).isEqualTo(1);
    }

    private void push(Bundle bundle) {
        remotes.fixupAndPush(bundle, target(), FixupOptions.defaults(), PushOptions.defaults());
    }

    private Reference target() {
        return Reference.parse(targets.registry().host() + "/demo:1");
    }

    private static Bundle load(TestRegistry registry) {
        GeneratedBundle generated = generate(registry);
        registry.load(generated);
        return Bundle.parse(generated.bytes());
    }

    private static GeneratedBundle generate(TestRegistry registry) {
        return BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), IMAGES - 1);
    }
}
