/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.docker.EngineImage;
import io.github.cnab4j.docker.PushProgress;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An image that no strategy finds: every place where it was looked for is told, the most telling failure first. */
class StrategiesTest {
    @RegisterExtension
    final RegistryExtension extension = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();
    private GeneratedBundle generated = BundleBuilder.ofSmallImages("unset", "app", new ContentGenerator(1), 0);

    @BeforeEach
    void bundleWithoutImages() {
        generated = BundleBuilder.ofSmallImages(registry().host(), "app", new ContentGenerator(1), 0);
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    private TestRegistry registry() {
        return extension.registry();
    }

    private FixupException failure(FixupOptions options) {
        return catchThrowableOfType(
                FixupException.class,
                () -> remotes.fixup(
                        Bundle.parse(generated.bytes()),
                        Reference.parse(registry().host() + "/target:1"),
                        options));
    }

    @Test
    void refusalComesBeforeAbsence_andBeforeTheEngine() {
        String sentTo = registry().host() + "/moved/installer:1.0";
        String sentOn = registry().host() + "/again/installer:1.0";
        registry().inject(RequestPattern.any().repository("moved/installer"), Fault.status(403));
        RelocationMap map =
                RelocationMap.empty().withAll(Map.of(generated.invocationImage().reference(), sentTo, sentTo, sentOn));

        FixupException failure = failure(
                FixupOptions.defaults().withRelocationMap(map).withPushImages(new NoEngine(), new StringBuilder()));

        assertThat(failure.code()).isEqualTo(ErrorCode.DENIED);
        assertThat(failure.getMessage())
                .containsSubsequence(
                        generated.invocationImage().reference(),
                        "moved/installer:1.0: access denied (403)",
                        "again/installer:1.0: not found (404)",
                        "the engine does not answer")
                .doesNotContain("\n");
        assertThat(failure.hint().orElseThrow()).contains("credentials");
        assertThat(failure.getCause()).hasMessageContaining("403");
        assertThat(failure.getSuppressed())
                .hasSize(2)
                .allSatisfy(other -> assertThat(other).isInstanceOf(CnabException.class));
        assertThat(failure.getSuppressed()[1]).hasMessageContaining("engine");
    }

    @Test
    void absenceComesBeforeTheEngine_andEachIsToldOnce() {
        FixupException failure = failure(FixupOptions.defaults().withPushImages(new NoEngine(), new StringBuilder()));

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(failure.getMessage())
                .containsSubsequence("not found (404)", "the engine does not answer")
                .containsOnlyOnce("not found (404)");
        assertThat(failure.hint().orElseThrow()).contains("--use-relocation-map");
    }

    /** An engine that is not there. */
    private static final class NoEngine implements ImageClient {
        @Override
        public Optional<EngineImage> inspect(CallScope scope, String image) {
            throw new TransportException(
                    ErrorCode.UNREACHABLE, "inspect " + image, "the engine does not answer", null, null);
        }

        @Override
        public void tag(CallScope scope, String image, Reference name) {
            throw new NotFoundException("tag " + image, "no engine", null);
        }

        @Override
        public void untag(CallScope scope, Reference name) {
            throw new NotFoundException("untag " + name, "no engine", null);
        }

        @Override
        public void push(CallScope scope, Reference name, Consumer<PushProgress> listener) {
            throw new NotFoundException("push " + name, "no engine", null);
        }

        @Override
        public InputStream save(CallScope scope, String image) {
            throw new NotFoundException("save " + image, "no engine", null);
        }
    }
}
