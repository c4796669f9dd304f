/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.docker.EngineImage;
import io.github.cnab4j.docker.PushProgress;
import io.github.cnab4j.docker.SavedImages;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.Generated;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void imageIsSavedWhereTheEngineCannotPush(@TempDir Path folder) {
        Location layout = Location.parse("oci:" + folder.resolve("x") + ":1");

        PushResult pushed =
                remotes.fixupAndPush(bundle(), layout, options().withAutoBundleUpdate(true), PushOptions.defaults());

        String image = generated.invocationImage().reference();
        assertThat(engine.names).isEmpty();
        assertThat(engine.saved).containsExactly(image);
        String place = pushed.relocationMap().find(image).orElseThrow();
        assertThat(place).startsWith("oci:" + folder.resolve("x") + "@sha256:");
        Location copy = Location.parse("oci:" + folder.resolve("copy") + ":1");
        assertThat(remotes.copy(Location.parse(place), copy, ArtifactCopyOptions.defaults())
                        .report()
                        .uploaded())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<none>:<none>", "TARGET/demo:TAG", "TARGET/demo@sha256:DIGEST"})
    void imageThatWouldGoWithTheTagIsSaved(String name) {
        String image = generated.invocationImage().reference();
        String tag = "cnab-image-"
                + Digest.sha256(Reference.parse(image).familiarString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 12);
        engine.ownNames = name.isEmpty()
                ? List.of()
                : List.of(name.replace("TARGET", targets.registry().host())
                        .replace("TAG", tag)
                        .replace("DIGEST", "ab".repeat(32)));

        remotes.fixup(bundle(), target(), options().withAutoBundleUpdate(true));

        assertThat(engine.names).isEmpty();
        assertThat(engine.saved).containsExactly(image);
    }

    @Test
    void imageThatHasAnotherTagInTheRepositoryIsPushedByTheEngine() {
        engine.ownNames = List.of(targets.registry().host() + "/demo:mine");

        push();

        assertThat(engine.names).hasSize(1);
    }

    @Test
    void tagIsTakenAwayWhateverHappens() {
        push();
        assertThat(engine.names).hasSize(1);
        assertThat(engine.tags).isEmpty();

        engine.refusal = "denied: no";
        catchThrowableOfType(FixupException.class, this::push);
        assertThat(engine.names).hasSize(2);
        assertThat(engine.tags).isEmpty();
    }

    @Test
    void tagIsTakenAwayWhenTheWorkIsStopped() {
        Cancellation stop = new Cancellation();
        engine.onPush = stop::cancel;
        try (Remotes stopped = Remotes.builder().scope(stop).build()) {
            assertThat(catchThrowableOfType(
                            CancelledException.class, () -> stopped.fixup(bundle(), target(), options())))
                    .isNotNull();
        }

        assertThat(engine.names).hasSize(1);
        assertThat(engine.tags).isEmpty();
    }

    @Test
    void tagThatStaysIsAWarning() {
        engine.keepsTags = true;

        PushResult pushed = push();

        assertThat(pushed.warnings()).anySatisfy(warning -> {
            assertThat(warning.kind()).isEqualTo(Warning.Kind.ENGINE_TAG_LEFT);
            assertThat(warning.message()).contains("cnab-image-").contains("in use");
        });
    }

    @Test
    void tagThatAnotherPushTookAwayIsGivenAgain() {
        engine.forgets = true;

        push();

        assertThat(engine.names).hasSize(2);
        assertThat(engine.tags).isEmpty();
    }

    @Test
    void whatTheEngineSaysIsProgressOfItsImage() {
        List<String> said = new ArrayList<>();

        remotes.fixup(bundle(), target(), options().withEventCallback(event -> {
            if (event.eventType() == FixupEventType.PROGRESS && !event.message().isEmpty()) {
                said.add(event.sourceImage() + " " + event.message());
            }
        }));

        String image = generated.invocationImage().reference();
        assertThat(said).containsExactly(image + " ab: Pushing", image + " pushed " + image);
        assertThat(lines).hasToString("pushed " + image + "\n");
    }

    @Test
    void imageInAFileIsNotAskedForAtTheEngine(@TempDir Path folder) {
        Bundle elsewhere = Bundle.parse(generated
                .json()
                .replace(generated.invocationImage().reference(), "oci:" + folder.resolve("none") + ":1")
                .getBytes(StandardCharsets.UTF_8));

        catchThrowableOfType(FixupException.class, () -> remotes.fixup(elsewhere, target(), options()));

        assertThat(engine.asked).isEmpty();
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
        private final List<String> saved = new ArrayList<>();
        private List<String> ownNames = List.of("built.example/image:1");
        private Runnable onPush = () -> {};
        private boolean keepsTags;
        private boolean forgets;

        Engine(Map<String, Generated> images, RegistryExtension registry) {
            this.images = images;
            this.registry = registry;
        }

        @Override
        public synchronized Optional<EngineImage> inspect(CallScope scope, String image) {
            asked.add(image);
            boolean known = images.containsKey(image)
                    || tags.keySet().stream().anyMatch(tag -> tag.toString().equals(image));
            return known ? Optional.of(new EngineImage("sha256:" + "ab".repeat(32), ownNames, 0)) : Optional.empty();
        }

        @Override
        public synchronized void tag(CallScope scope, String image, Reference name) {
            names.add(name);
            tags.put(name, image);
        }

        @Override
        public synchronized void untag(CallScope scope, Reference name) {
            if (keepsTags) {
                throw new RejectedException(409, List.of(), "untag " + name, "in use", null);
            }
            tags.remove(name);
        }

        @Override
        public synchronized void push(CallScope scope, Reference name, Consumer<PushProgress> listener) {
            onPush.run();
            scope.throwIfCancelled();
            if (forgets) {
                forgets = false;
                tags.remove(name);
                throw new RejectedException(500, List.of(), "push " + name, "tag does not exist", null);
            }
            if (!refusal.isEmpty()) {
                throw new RejectedException(500, List.of(), "push " + name, refusal, null);
            }
            String image = Objects.requireNonNull(tags.get(name));
            registry.registry()
                    .load(
                            name.repository().path(),
                            Objects.requireNonNull(images.get(image)),
                            Objects.requireNonNull(name.tag()));
            listener.accept(new PushProgress("ab", "Pushing", 1, 2));
            listener.accept(new PushProgress("", "pushed " + image, 0, 0));
        }

        @Override
        public InputStream save(CallScope scope, String image) {
            saved.add(image);
            return new ByteArrayInputStream(SavedImages.podman());
        }
    }
}
