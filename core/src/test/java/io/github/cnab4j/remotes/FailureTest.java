/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
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

    static Stream<Arguments> sourceFaults() {
        RequestPattern resolve = RequestPattern.of(Kind.MANIFEST);
        RequestPattern manifest = RequestPattern.of("GET", Kind.MANIFEST);
        RequestPattern blob = RequestPattern.of("GET", Kind.BLOB);
        return Stream.of(
                arguments("401 at resolve", resolve, Fault.status(401), ErrorCode.UNAUTHORIZED),
                arguments("403 at resolve", resolve, Fault.status(403), ErrorCode.DENIED),
                arguments("404 at resolve", resolve, Fault.status(404), ErrorCode.IMAGE_NOT_FOUND),
                arguments("404 of a manifest", manifest, Fault.status(404), ErrorCode.NOT_FOUND),
                arguments("404 of a blob", blob, Fault.status(404), ErrorCode.NOT_FOUND),
                arguments("403 of a blob", blob, Fault.status(403), ErrorCode.DENIED),
                arguments("a flipped bit in a manifest", manifest, Fault.flipBit(40), ErrorCode.CONTENT_MISMATCH),
                arguments("a flipped bit in a blob", blob, Fault.flipBit(3), ErrorCode.CONTENT_MISMATCH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sourceFaults")
    void faultOfASourceIsTheErrorAndTheTargetHasNoBundle(
            String what, RequestPattern where, Fault fault, ErrorCode expected) {
        sources.registry().inject(where, fault);

        CnabException failure = push();

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(targets.registry().repository("demo").tags()).isEmpty();
        assertThat(targets.registry().openUploads()).isZero();
    }

    static Stream<Arguments> targetFaults() {
        return Stream.of(
                arguments("401", RequestPattern.any(), Fault.status(401), ErrorCode.UNAUTHORIZED),
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

    @Test
    void registryThatIsDownIsUnreachable() {
        TestRegistry gone = TestRegistry.start();
        String host = gone.host();
        gone.close();

        CnabException failure =
                catchThrowableOfType(CnabException.class, () -> remotes.pull(Reference.parse(host + "/demo:1")));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure.getMessage()).contains(host).doesNotContain("\n");
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
