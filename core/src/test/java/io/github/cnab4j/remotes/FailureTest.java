/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong is told in one exception, and nobody sees a bundle that is not whole. */
class FailureTest {
    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();

    private GeneratedBundle generated = BundleBuilder.ofSmallImages("unset", "app", new ContentGenerator(1), 0);

    @BeforeEach
    void loadSources() {
        generated = BundleBuilder.ofSmallImages(sources.registry().host(), "app", new ContentGenerator(1), 1);
        sources.registry().load(generated);
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    private Reference there() {
        return Reference.parse(targets.registry().host() + "/demo:1");
    }

    private Bundle bundle() {
        return Bundle.parse(generated.bytes());
    }

    private String lose(int image) {
        String digest = generated.images().get(image).content().digest();
        assertThat(targets.registry().repository("demo").deleteManifest(digest)).isTrue();
        return digest;
    }

    /** Registries that collect garbage lose images that only an index names. */
    @Test
    void imageThatTheTargetLost_isBroughtByAFixup() {
        remotes.fixupAndPush(bundle(), there(), FixupOptions.defaults(), PushOptions.defaults());
        String lost = lose(0);

        remotes.fixup(bundle(), there(), FixupOptions.defaults());

        assertThat(targets.registry().repository("demo").hasManifest(lost)).isTrue();
    }

    @Test
    void imageThatTheTargetLost_isBroughtByAPushOfAnotherVersion() {
        remotes.fixupAndPush(bundle(), there(), FixupOptions.defaults(), PushOptions.defaults());
        String lost = lose(0);
        Bundle next = Bundle.parse(
                generated.json().replaceFirst("\\{", "{\"x-next\":1,").getBytes(StandardCharsets.UTF_8));

        remotes.fixupAndPush(next, there(), FixupOptions.defaults(), PushOptions.defaults());

        assertThat(targets.registry().repository("demo").hasManifest(lost)).isTrue();
    }

    /** What goes wrong with the bundle itself is not an image's fault. */
    @Test
    void optionThatFails_isTheFailureOfTheBundle() {
        PushOptions broken = PushOptions.defaults().withManifestOption(index -> {
            throw new InvalidInputException(ErrorCode.INVALID_OPTION, "no such option");
        });

        assertThatThrownBy(() -> remotes.fixupAndPush(bundle(), there(), FixupOptions.defaults(), broken))
                .hasMessageContaining("no such option")
                .hasMessageContaining("demo")
                .hasMessageNotContaining("installer");
    }

    /** A registry says with any status that something below a manifest is missing, or that it does not know its form. */
    @Test
    void manifestThatIsRefusedWith404ForAMissingChild_isPutAgainAfterTheChild() {
        remotes.fixup(bundle(), there(), FixupOptions.defaults());
        targets.registry()
                .inject(
                        RequestPattern.of("PUT", Kind.MANIFEST).path("/v2/demo/manifests/1"),
                        Occurrence.first(1),
                        Fault.status(
                                404, io.github.cnab4j.server.protocol.ErrorCode.MANIFEST_UNKNOWN, "no such image"));

        remotes.fixupAndPush(bundle(), there(), FixupOptions.defaults(), PushOptions.defaults());

        assertThat(targets.registry().repository("demo").tags()).containsExactly("1");
    }

    static Stream<Arguments> sourceFaults() {
        RequestPattern resolve = RequestPattern.of(Kind.MANIFEST);
        RequestPattern manifest = RequestPattern.of("GET", Kind.MANIFEST);
        RequestPattern blob = RequestPattern.of("GET", Kind.BLOB);
        return Stream.of(
                arguments("401 at resolve", resolve, Fault.status(401), ErrorCode.UNAUTHORIZED),
                arguments("403 at resolve", resolve, Fault.status(403), ErrorCode.DENIED),
                arguments("404 at resolve", resolve, Fault.status(404), ErrorCode.IMAGE_NOT_FOUND),
                arguments("404 of a manifest", manifest, Fault.status(404), ErrorCode.IMAGE_NOT_FOUND),
                arguments("404 of a blob", blob, Fault.status(404), ErrorCode.NOT_FOUND),
                arguments("403 of a blob", blob, Fault.status(403), ErrorCode.DENIED),
                arguments("a flipped bit in a manifest", manifest, Fault.flipBit(40), ErrorCode.CONTENT_MISMATCH),
                arguments("a flipped bit in a blob", blob, Fault.flipBit(3), ErrorCode.CONTENT_MISMATCH),
                arguments("a manifest that ends too early", manifest, Fault.truncate(40), ErrorCode.UNREACHABLE),
                arguments("a blob that ends too early", blob, Fault.truncate(3), ErrorCode.UNREACHABLE),
                arguments(
                        "a manifest of another length",
                        manifest,
                        Fault.withBody("{}".getBytes(StandardCharsets.UTF_8)),
                        ErrorCode.CONTENT_MISMATCH),
                arguments(
                        "another digest in the header",
                        resolve,
                        Fault.withHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64)),
                        ErrorCode.CONTENT_MISMATCH),
                arguments(
                        "a header that is no digest",
                        resolve,
                        Fault.withHeader("Docker-Content-Digest", "../../etc/passwd"),
                        ErrorCode.PROTOCOL_ERROR),
                arguments("a web page", resolve, webPage(), ErrorCode.INVALID_MANIFEST),
                arguments("a failing registry", resolve, Fault.status(500), ErrorCode.REJECTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sourceFaults")
    void faultOfASourceIsTheErrorAndTheTargetHasNoBundle(
            String what, RequestPattern where, Fault fault, ErrorCode expected) {
        sources.registry().inject(where, fault);

        CnabException failure = push();

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(failure.getMessage()).contains(sources.registry().host()).doesNotContain("\n");
        assertThat(targets.registry().repository("demo").tags()).isEmpty();
        assertThat(targets.registry().openUploads()).isZero();
    }

    /** Where the target has something, an image is looked for before it is read. */
    @Test
    void otherDigestInTheHeaderOfALookup_isAnImageThatDiffers() {
        assertThat(push()).isNull();
        sources.registry()
                .inject(
                        RequestPattern.of("HEAD", Kind.MANIFEST),
                        Fault.withHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64)));

        assertThat(push().code()).isEqualTo(ErrorCode.IMAGE_DIFFERS);
    }

    static Stream<Arguments> targetFaults() {
        return Stream.of(
                arguments("401", RequestPattern.any(), Fault.status(401), ErrorCode.UNAUTHORIZED),
                arguments("404 of uploads", RequestPattern.of(Kind.UPLOAD), Fault.status(404), ErrorCode.NOT_FOUND),
                arguments("403 of uploads", RequestPattern.of(Kind.UPLOAD), Fault.status(403), ErrorCode.DENIED),
                arguments(
                        "403 of manifests",
                        RequestPattern.of("PUT", Kind.MANIFEST),
                        Fault.status(403),
                        ErrorCode.DENIED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targetFaults")
    void faultOfTheTargetIsTheErrorAndTheTargetHasNoBundle(
            String what, RequestPattern where, Fault fault, ErrorCode expected) {
        targets.registry().inject(where, fault);

        CnabException failure = push();

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(targets.registry().repository("demo").tags()).isEmpty();
    }

    static Stream<Arguments> pullFaults() {
        RequestPattern manifest = RequestPattern.of("GET", Kind.MANIFEST);
        RequestPattern blob = RequestPattern.of("GET", Kind.BLOB);
        return Stream.of(
                arguments("401", RequestPattern.any(), Fault.status(401), ErrorCode.UNAUTHORIZED),
                arguments("403", RequestPattern.any(), Fault.status(403), ErrorCode.DENIED),
                arguments("404", RequestPattern.any(), Fault.status(404), ErrorCode.NOT_FOUND),
                arguments("404 of the bundle", blob, Fault.status(404), ErrorCode.NOT_FOUND),
                arguments("a flipped bit in the index", manifest, Fault.flipBit(40), ErrorCode.CONTENT_MISMATCH),
                arguments("a flipped bit in the bundle", blob, Fault.flipBit(40), ErrorCode.CONTENT_MISMATCH),
                arguments("a bundle that ends too early", blob, Fault.truncate(9), ErrorCode.UNREACHABLE),
                arguments(
                        "another digest in the header",
                        RequestPattern.of(Kind.MANIFEST),
                        Fault.withHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64)),
                        ErrorCode.CONTENT_MISMATCH),
                arguments(
                        "the type of an image",
                        RequestPattern.of(Kind.MANIFEST),
                        Fault.withHeader("Content-Type", MediaType.OCI_MANIFEST.value()),
                        ErrorCode.INVALID_MANIFEST),
                arguments("a web page", RequestPattern.any(), webPage(), ErrorCode.INVALID_MANIFEST));
    }

    /** What a proxy says to people. */
    private static Fault webPage() {
        return Fault.reply(Response.of(200)
                .with("Content-Type", "text/html")
                .withBody(Body.of("<html>Please log in</html>".getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pullFaults")
    void faultOfAPullIsOneClearMessage(String what, RequestPattern where, Fault fault, ErrorCode expected) {
        assertThat(push()).isNull();
        targets.registry().inject(where, fault);

        CnabException failure = pull(targets.registry().host() + "/demo:1");

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(failure.getMessage())
                .contains(targets.registry().host() + "/demo")
                .doesNotContain("\n");
    }

    @Test
    void rightManifestUnderATypeThatSaysNothingIsTaken() {
        assertThat(push()).isNull();
        targets.registry()
                .inject(RequestPattern.of(Kind.MANIFEST), Fault.withHeader("Content-Type", "application/json"));

        assertThat(remotes.pull(Reference.parse(targets.registry().host() + "/demo:1"))
                        .bundle())
                .isEqualTo(Bundle.parse(generated.bytes()));
    }

    @Test
    void imageIsNoBundle() {
        CnabException failure = pull(sources.registry().host() + "/app/installer:1.0");

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
        assertThat(failure.getMessage()).contains("/app/installer:1.0", MediaType.OCI_MANIFEST.value());
    }

    @Test
    void targetThatIsDownIsUnreachable() {
        String host = targets.registry().host();
        targets.registry().close();

        CnabException failure = push();

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure.getMessage()).contains(host).doesNotContain("\n");
    }

    @Test
    void cancelledScopeStopsTheOperation() {
        Cancellation scope = new Cancellation();
        scope.cancel();

        try (Remotes stopped = Remotes.builder().scope(scope).build()) {
            assertThatThrownBy(() ->
                            stopped.pull(Reference.parse(sources.registry().host() + "/app:1")))
                    .isInstanceOf(CancelledException.class);
            assertThatThrownBy(() -> stopped.fixup(
                            Bundle.parse(generated.bytes()),
                            Reference.parse(targets.registry().host() + "/demo:1"),
                            FixupOptions.defaults()))
                    .isInstanceOf(CancelledException.class);
        }

        assertThat(sources.registry().log().requests()).isEmpty();
    }

    @Test
    void registryThatIsDownIsUnreachable() {
        TestRegistry gone = TestRegistry.start();
        String host = gone.host();
        gone.close();

        CnabException failure = pull(host + "/demo:1");

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure.getMessage()).contains(host).doesNotContain("\n");
    }

    private CnabException pull(String reference) {
        return catchThrowableOfType(CnabException.class, () -> remotes.pull(Reference.parse(reference)));
    }

    private CnabException push() {
        return catchThrowableOfType(
                CnabException.class,
                () -> remotes.fixupAndPush(
                        Bundle.parse(generated.bytes()),
                        Reference.parse(targets.registry().host() + "/demo:1"),
                        FixupOptions.defaults(),
                        PushOptions.defaults()));
    }
}
