/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FixupEventsTest {
    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();
    private final List<FixupEvent> events = new ArrayList<>();

    @AfterEach
    void close() {
        remotes.close();
    }

    @Test
    void typesHaveTheGoPackagesStrings() {
        assertThat(Stream.of(FixupEventType.values()).map(FixupEventType::value))
                .containsExactlyInAnyOrder("CopyImageStart", "CopyImageEnd", "Progress");
        assertThat(FixupEventType.PROGRESS).hasToString("Progress");
    }

    @Test
    void everyImageStartsGoesOnAndEndsOnce() {
        GeneratedBundle bundle = load(sources.registry());

        fixup(bundle);

        assertThat(events)
                .extracting(FixupEvent::destinationRef)
                .allMatch(ref -> ref.toString().equals(targets.registry().host() + "/demo:1"));
        for (BundleImage image : bundle.images()) {
            List<FixupEventType> types =
                    of(image).stream().map(FixupEvent::eventType).toList();
            assertThat(types.get(0)).isEqualTo(FixupEventType.COPY_IMAGE_START);
            assertThat(types.get(types.size() - 1)).isEqualTo(FixupEventType.COPY_IMAGE_END);
            assertThat(types.subList(1, types.size() - 1)).isNotEmpty().containsOnly(FixupEventType.PROGRESS);
        }
    }

    @Test
    void snapshotShowsTheImageAsATree() {
        GeneratedBundle bundle = load(sources.registry());

        fixup(bundle);

        GeneratedImage image = (GeneratedImage) bundle.invocationImage().content();
        FixupEvent end = last(bundle.invocationImage());
        assertThat(end.error()).isNull();
        List<DescriptorProgressSnapshot> roots = end.progress().get().roots();
        assertThat(roots).hasSize(1);
        DescriptorProgressSnapshot root = roots.get(0);
        assertThat(root.descriptor().digest()).hasToString(image.digest());
        assertThat(root.descriptor().size()).isEqualTo(image.size());
        assertThat(root.done()).isTrue();
        assertThat(root.action()).isEqualTo("Copy");
        assertThat(root.children())
                .extracting(child -> child.descriptor().digest().toString())
                .containsExactlyElementsOf(Stream.concat(Stream.of(image.config()), image.layers().stream())
                        .map(content -> content.digest())
                        .toList());
        assertThat(root.children()).allSatisfy(child -> {
            assertThat(child.done()).isTrue();
            assertThat(child.action()).isEqualTo("Copy");
            assertThat(child.error()).isNull();
            assertThat(child.children()).isEmpty();
        });
    }

    @Test
    void snapshotBeforeAnythingIsKnownIsEmpty() {
        fixup(load(sources.registry()), event -> {
            if (event.eventType() == FixupEventType.COPY_IMAGE_START) {
                assertThat(event.progress().get().roots()).isEmpty();
            }
            events.add(event);
        });

        assertThat(events).extracting(FixupEvent::eventType).contains(FixupEventType.COPY_IMAGE_END);
    }

    @Test
    void imageThatTheTargetHasIsSkipped() {
        GeneratedBundle bundle = load(sources.registry());
        fixup(bundle);
        events.clear();

        fixup(bundle);

        assertThat(root(bundle.invocationImage()).action()).isEqualTo("Skip (already present)");
        assertThat(root(bundle.invocationImage()).done()).isTrue();
    }

    @Test
    void blobsOfTheSameRegistryAreMounted() {
        GeneratedBundle bundle = load(targets.registry());

        fixup(bundle);

        assertThat(root(bundle.invocationImage()).children())
                .isNotEmpty()
                .extracting(DescriptorProgressSnapshot::action)
                .containsOnly("Mounted");
    }

    @Test
    void failureIsInTheEndOfItsImageAndInTheSnapshot() {
        GeneratedBundle bundle = load(sources.registry());
        String layer = ((GeneratedImage) bundle.invocationImage().content())
                .layers()
                .get(0)
                .digest();
        sources.registry().inject(RequestPattern.of("GET", Kind.BLOB).path("/v2/**/blobs/" + layer), Fault.status(404));

        assertThatThrownBy(() -> fixup(bundle)).isInstanceOf(CnabException.class);

        FixupEvent end = last(bundle.invocationImage());
        assertThat(end.eventType()).isEqualTo(FixupEventType.COPY_IMAGE_END);
        assertThat(end.error()).isNotNull();
        DescriptorProgressSnapshot failed = end.progress().get().roots().get(0).children().stream()
                .filter(child -> child.descriptor().digest().toString().equals(layer))
                .findFirst()
                .orElseThrow();
        assertThat(failed.done()).isFalse();
        assertThat(Objects.requireNonNull(failed.error())).hasMessageContaining(layer);
    }

    @Test
    void everyImageThatStartedEndsThoughAnotherFails() {
        GeneratedBundle bundle = load(sources.registry());
        sources.registry().inject(RequestPattern.of(Kind.MANIFEST).repository("app/installer"), Fault.status(404));

        assertThatThrownBy(() -> fixup(bundle)).isInstanceOf(CnabException.class);

        for (BundleImage image : bundle.images()) {
            assertThat(of(image))
                    .extracting(FixupEvent::eventType)
                    .containsOnlyOnce(FixupEventType.COPY_IMAGE_START)
                    .containsOnlyOnce(FixupEventType.COPY_IMAGE_END)
                    .endsWith(FixupEventType.COPY_IMAGE_END);
            assertThat(last(image).error()).isNotNull();
        }
    }

    @Test
    void callbackThatThrowsIsToldNoMoreAndTheCopyIsDone() {
        GeneratedBundle bundle = load(sources.registry());

        assertThatThrownBy(() -> fixup(bundle, event -> {
                    events.add(event);
                    throw new IllegalStateException("broken listener");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken listener");

        assertThat(events).hasSize(1);
        assertThat(targets.registry().repository("demo").manifests())
                .hasSize(bundle.images().size());
    }

    private void fixup(GeneratedBundle bundle) {
        fixup(bundle, events::add);
    }

    private void fixup(GeneratedBundle bundle, Consumer<FixupEvent> callback) {
        remotes.fixup(
                Bundle.parse(bundle.bytes()),
                Reference.parse(targets.registry().host() + "/demo:1"),
                FixupOptions.defaults().withEventCallback(callback));
    }

    private List<FixupEvent> of(BundleImage image) {
        return events.stream()
                .filter(event -> event.sourceImage().equals(image.reference()))
                .toList();
    }

    private FixupEvent last(BundleImage image) {
        List<FixupEvent> all = of(image);
        return all.get(all.size() - 1);
    }

    private DescriptorProgressSnapshot root(BundleImage image) {
        return last(image).progress().get().roots().get(0);
    }

    private static GeneratedBundle load(TestRegistry registry) {
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 1);
        registry.load(bundle);
        return bundle;
    }
}
