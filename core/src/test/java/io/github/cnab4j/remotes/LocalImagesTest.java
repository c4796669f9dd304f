/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.Generated;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Images that only an engine on this machine has. */
class LocalImagesTest {
    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();
    private final StringBuilder lines = new StringBuilder();
    private GeneratedBundle generated = BundleBuilder.ofSmallImages("unset", "app", new ContentGenerator(1), 0);
    private Engine engine = new Engine(Map.of(), targets);

    @BeforeEach
    void loadSources() {
        generated = BundleBuilder.ofSmallImages(sources.registry().host(), "app", new ContentGenerator(1), 1);
        BundleImage component = generated.components().get(0);
        sources.registry().load(component.repository(), component.content(), component.tag());
        engine = new Engine(
                Map.of(
                        generated.invocationImage().reference(),
                        generated.invocationImage().content()),
                targets);
    }

    @AfterEach
    void close() {
        remotes.close();
    }

    @Test
    void imageThatNoRegistryHasIsPushedByTheEngine() {
        PushResult pushed = push();

        String digest = generated.invocationImage().content().digest();
        assertThat(pushed.relocationMap().find(generated.invocationImage().reference()))
                .contains(targets.registry().host() + "/demo@" + digest);
        assertThat(lines).hasToString("pushed " + generated.invocationImage().reference() + "\n");
        assertThat(remotes.pull(target()).bundle()).isEqualTo(bundle());
    }

    @Test
    void engineNeverTouchesTheBundlesTag() {
        push();

        assertThat(engine.names).isNotEmpty().allSatisfy(name -> {
            assertThat(name.tag()).isNotEqualTo("1").startsWith("cnab-image-");
            assertThat(name.repository()).isEqualTo(target().repository());
        });
    }

    @Test
    void bundleThatIsPublishedSurvivesAPushThatFails() {
        PushResult before = push();
        sources.registry().close();

        FixupException failure = catchThrowableOfType(FixupException.class, this::push);

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(targets.registry().repository("demo").resolve("1"))
                .contains(before.descriptor().digest().toString());
    }

    @Test
    void engineIsAskedOnlyForWhatNoRegistryHas() {
        push();

        assertThat(engine.asked).containsExactly(generated.invocationImage().reference());
    }

    @Test
    void withoutLeaveTheEngineIsNotAsked() {
        FixupException failure = catchThrowableOfType(
                FixupException.class, () -> remotes.fixup(bundle(), target(), FixupOptions.defaults()));

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(engine.asked).isEmpty();
    }

    @Test
    void imageThatNeitherHasIsNotFoundForBothReasons() {
        engine = new Engine(Map.of(), targets);

        FixupException failure = catchThrowableOfType(FixupException.class, this::push);

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(failure.getMessage())
                .contains("the local engine has no image \""
                        + generated.invocationImage().reference() + "\"")
                .contains("not found (404)")
                .doesNotContain("\n");
        assertThat(failure.getCause()).hasMessageContaining("not found (404)");
    }

    @Test
    void refusalOfTheEngineIsTold() {
        engine.refusal = "denied: no";

        FixupException failure = catchThrowableOfType(FixupException.class, this::push);

        assertThat(failure.code()).isEqualTo(ErrorCode.REJECTED);
        assertThat(failure.getMessage())
                .contains("denied: no", generated.invocationImage().reference());
        assertThat(targets.registry().repository("demo").tags()).isEmpty();
    }

    @Test
    void imageWithoutNameIsPushedByItsDigest() {
        String id = "sha256:" + "ab".repeat(32);
        Generated image = generated.invocationImage().content();
        engine = new Engine(Map.of(id, image), targets);
        Bundle nameless = Bundle.parse(generated
                .json()
                .replace(generated.invocationImage().reference(), "")
                .replace(image.digest(), id)
                .getBytes(StandardCharsets.UTF_8));

        FixupResult fixed = remotes.fixup(nameless, target(), options().withAutoBundleUpdate(true));

        assertThat(fixed.bundle().invocationImages().get(0).base().contentDigest())
                .isEqualTo(image.digest());
        assertThat(fixed.relocationMap().find("")).contains(targets.registry().host() + "/demo@" + image.digest());
    }

    @Test
    void engineCannotPushIntoALayout(@TempDir Path folder) {
        FixupException failure = catchThrowableOfType(
                FixupException.class,
                () -> remotes.fixup(bundle(), Location.parse("oci:" + folder.resolve("x")), options()));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(failure.getMessage()).contains("registries only");
    }

    private PushResult push() {
        return remotes.fixupAndPush(bundle(), target(), options(), PushOptions.defaults());
    }

    private FixupOptions options() {
        return FixupOptions.defaults().withPushImages(engine, lines);
    }

    private Bundle bundle() {
        return Bundle.parse(generated.bytes());
    }

    private Reference target() {
        return Reference.parse(targets.registry().host() + "/demo:1");
    }

    /** An engine whose pushes land in a test registry. */
    private static final class Engine implements ImageClient {
        private final Map<String, Generated> images;
        private final RegistryExtension registry;
        private final Map<Reference, String> tags = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private final List<Reference> names = new ArrayList<>();
        private String refusal = "";

        Engine(Map<String, Generated> images, RegistryExtension registry) {
            this.images = images;
            this.registry = registry;
        }

        @Override
        public synchronized Optional<String> inspect(CallScope scope, String image) {
            asked.add(image);
            return images.containsKey(image) ? Optional.of(image) : Optional.empty();
        }

        @Override
        public synchronized void tag(CallScope scope, String image, Reference name) {
            names.add(name);
            tags.put(name, image);
        }

        @Override
        public synchronized void push(CallScope scope, Reference name, Appendable out) {
            if (!refusal.isEmpty()) {
                throw new RejectedException(500, List.of(), "push " + name, refusal, null);
            }
            String image = Objects.requireNonNull(tags.get(name));
            registry.registry()
                    .load(
                            name.repository().path(),
                            Objects.requireNonNull(images.get(image)),
                            Objects.requireNonNull(name.tag()));
            try {
                out.append("pushed ").append(image).append('\n');
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public InputStream save(CallScope scope, String image) {
            throw new NotFoundException("save " + image, "no images to save", null);
        }
    }
}
