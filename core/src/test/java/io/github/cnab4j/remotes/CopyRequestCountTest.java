/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many requests a copy of one image needs: a manifest, a config and two layers. */
class CopyRequestCountTest {
    private static final int BLOBS = 3;

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();
    private final GeneratedImage image = new ContentGenerator(1).image();

    /** What most registries do: the request that could bring a small blob opens an upload for it. */
    @BeforeEach
    void takeNoBlobInOneRequest() {
        targets.registry().inject(RequestPattern.of("POST", Kind.UPLOAD), Fault.ignorePostedBlob());
        assertThat(image.blobs()).hasSize(BLOBS);
        sources.registry().load("app", image, "1");
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    @Test
    void intoAnEmptyRegistry() {
        copy();

        assertThat(requests(sources)).startsWith("HEAD /v2/app/manifests/1").hasSize(1 + 1 + BLOBS);
        assertThat(sources.registry().log().count("GET", Kind.MANIFEST)).isEqualTo(1);
        assertThat(sources.registry().log().count("GET", Kind.BLOB)).isEqualTo(BLOBS);
        // What the tag means, whether the manifest is there without it, whether the repository exists; an upload begun
        // and
        // ended for each blob; the manifest under its tag.
        assertThat(requests(targets))
                .contains("HEAD /v2/copied/manifests/2", "HEAD /v2/copied/manifests/" + image.digest())
                .endsWith("PUT /v2/copied/manifests/2")
                .hasSize(2 + 1 + 2 * BLOBS + 1);
        assertThat(targets.registry().log().count("GET", Kind.TAGS)).isEqualTo(1);
        assertThat(targets.registry().log().count("POST", Kind.UPLOAD)).isEqualTo(BLOBS);
        assertThat(targets.registry().log().count("PUT", Kind.UPLOAD)).isEqualTo(BLOBS);
    }

    @Test
    void againAsksBothEndsOnceAndDoesNothing() {
        copy();
        clearLogs();

        ArtifactCopyResult again = copy();

        assertThat(requests(sources)).containsExactly("HEAD /v2/app/manifests/1");
        assertThat(requests(targets)).containsExactly("HEAD /v2/copied/manifests/2");
        assertThat(again.report().present()).isEqualTo(1);
        assertThat(again.report().bytes()).isZero();
    }

    @Test
    void ofATagThatMeantSomethingElsePutsTheTagAlone() {
        copy();
        targets.registry().load("copied", new ContentGenerator(2).image(), "2");
        clearLogs();

        copy();

        assertThat(requests(sources))
                .containsExactly("HEAD /v2/app/manifests/1", "GET /v2/app/manifests/" + image.digest());
        assertThat(requests(targets))
                .containsExactly(
                        "HEAD /v2/copied/manifests/2",
                        "HEAD /v2/copied/manifests/" + image.digest(),
                        "PUT /v2/copied/manifests/2");
        assertThat(targets.registry().repository("copied").resolve("2")).contains(image.digest());
    }

    @Test
    void byDigestAloneAsksForNoTag() {
        Reference source = reference(sources, "app").withTag("1");
        Reference pinned = new Reference(source.repository(), null, io.github.cnab4j.oci.Digest.parse(image.digest()));
        remotes.copy(pinned, reference(targets, "copied"), ArtifactCopyOptions.defaults());
        clearLogs();

        remotes.copy(pinned, reference(targets, "copied"), ArtifactCopyOptions.defaults());

        assertThat(requests(sources)).containsExactly("HEAD /v2/app/manifests/" + image.digest());
        assertThat(requests(targets)).containsExactly("HEAD /v2/copied/manifests/" + image.digest());
    }

    @Test
    void withinARegistryMovesNoBlob() {
        targets.registry().load("app", image, "1");

        ArtifactCopyResult result =
                remotes.copy(reference(targets, "app").withTag("1"), target(), ArtifactCopyOptions.defaults());

        assertThat(result.report().mounted()).isEqualTo(BLOBS);
        assertThat(targets.registry().log().count(Kind.BLOB)).isZero();
        // Both names, the manifest, whether it is there, whether the repository exists, the mounts, the manifest.
        assertThat(requests(targets)).hasSize(2 + 1 + 1 + 1 + BLOBS + 1);
    }

    @Test
    void withinARepositoryPutsTheTagAlone() {
        targets.registry().load("copied", image, "1");

        ArtifactCopyResult result =
                remotes.copy(reference(targets, "copied").withTag("1"), target(), ArtifactCopyOptions.defaults());

        assertThat(result.report().uploaded()).isZero();
        // Both names, whether the manifest is there, the manifest, the tag.
        assertThat(requests(targets)).hasSize(5).endsWith("PUT /v2/copied/manifests/2");
    }

    private ArtifactCopyResult copy() {
        return remotes.copy(reference(sources, "app").withTag("1"), target(), ArtifactCopyOptions.defaults());
    }

    private Reference target() {
        return reference(targets, "copied").withTag("2");
    }

    private static Reference reference(RegistryExtension at, String repository) {
        return Reference.parse(at.registry().host() + "/" + repository);
    }

    private static List<String> requests(RegistryExtension at) {
        return at.registry().log().lines();
    }

    private void clearLogs() {
        for (TestRegistry registry : List.of(sources.registry(), targets.registry())) {
            registry.log().clear();
        }
    }
}
