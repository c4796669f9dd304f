/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.EngineImage;
import io.github.cnab4j.docker.PushProgress;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.vectors.FixupModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/**
 * The registries and the engine of one case of {@code fixup.json}: what a lookup finds is listed by reference, content is found
 * by digest whatever the repository, and what is pushed is written down.
 */
final class VectorWorld implements Stores, ImageClient {
    private final JsonObject vectorCase;
    private final Map<Reference, Descriptor> lookups = new LinkedHashMap<>();
    private final Map<Reference, Descriptor> pushedByEngine = new ConcurrentHashMap<>();
    private final Map<Digest, byte[]> content = new ConcurrentHashMap<>();
    private final Map<Reference, String> engineNames = new ConcurrentHashMap<>();
    private final Set<String> pushes = new ConcurrentSkipListSet<>();

    VectorWorld(JsonObject vectorCase) {
        this.vectorCase = vectorCase;
        for (JsonObject lookup : FixupModel.objects(vectorCase, "registry")) {
            lookup.object("descriptor")
                    .ifPresent(found -> lookups.put(
                            Reference.parse(lookup.string("ref").orElseThrow()), Descriptor.fromJson(found)));
        }
        for (JsonObject entry : FixupModel.objects(vectorCase, "content")) {
            content.put(
                    Digest.parse(entry.string("digest").orElseThrow()),
                    entry.string("text").orElseThrow().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What was pushed, each as {@code digest mediaType size}. */
    Set<String> pushes() {
        return pushes;
    }

    @Override
    public ReadableStore source(Location location) {
        return new Repository(((RegistryLocation) location).reference().repositoryOnly());
    }

    @Override
    public WritableStore target(Location location) {
        return new Repository(((RegistryLocation) location).reference().repositoryOnly());
    }

    @Override
    public Optional<Descriptor> imageIn(CallScope scope, ImageSource.Layout layout, String image) {
        return Optional.empty();
    }

    @Override
    public Optional<EngineImage> inspect(CallScope scope, String image) {
        return local().filter(images -> images.elements().contains(new JsonString(image)))
                .map(images -> new EngineImage(image, List.of("built.example/image:1"), 0));
    }

    private Optional<JsonArray> local() {
        return vectorCase.object("daemon").flatMap(daemon -> daemon.array("localImages"));
    }

    @Override
    public void tag(CallScope scope, String image, Reference name) {
        engineNames.put(name, image);
    }

    @Override
    public void untag(CallScope scope, Reference name) {}

    @Override
    public void push(CallScope scope, Reference name, Consumer<PushProgress> listener) {
        JsonObject daemon = vectorCase.object("daemon").orElseThrow();
        daemon.string("pushError").ifPresent(error -> {
            throw new RejectedException(500, List.of(), "push " + name, error, null);
        });
        daemon.object("targetResolvesAfterPush")
                .ifPresent(found -> pushedByEngine.put(name, Descriptor.fromJson(found)));
        listener.accept(new PushProgress("", "pushed " + engineNames.get(name), 0, 0));
    }

    @Override
    public InputStream save(CallScope scope, String image) {
        throw new NotFoundException("save " + image, "no images to save", null);
    }

    @Override
    public void close() {}

    private final class Repository implements WritableStore {
        private final Reference name;

        Repository(Reference name) {
            this.name = name;
        }

        @Override
        public StoreId id() {
            return new StoreId(
                    "registry", name.repository().domain(), name.repository().path());
        }

        @Override
        public Descriptor resolve(CallScope scope, String tagOrDigest) {
            return find(tagOrDigest)
                    .orElseThrow(() -> new NotFoundException(
                            "HEAD " + name + " " + tagOrDigest, name + ":" + tagOrDigest + ": not found", null));
        }

        private Optional<Descriptor> find(String tagOrDigest) {
            Map<Reference, Descriptor> all = new LinkedHashMap<>(lookups);
            all.putAll(pushedByEngine);
            return all.entrySet().stream()
                    .filter(entry -> entry.getKey().repositoryOnly().equals(name))
                    .filter(entry -> tagOrDigest.equals(
                            entry.getKey().digest() != null
                                    ? String.valueOf(entry.getKey().digest())
                                    : entry.getKey().tag()))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }

        @Override
        public boolean exists(CallScope scope, Descriptor descriptor) {
            return find(descriptor.digest().toString()).isPresent();
        }

        @Override
        public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
            byte[] bytes = content.get(descriptor.digest());
            if (bytes == null) {
                throw new NotFoundException("GET " + descriptor.digest(), descriptor.digest() + ": not found", null);
            }
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }

        @Override
        public List<String> tags(CallScope scope) {
            return List.of();
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.LOCAL;
        }

        @Override
        public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource source, PushHints hints) {
            Optional<JsonObject> trouble = FixupModel.objects(vectorCase, "targetPushErrors").stream()
                    .filter(error -> error.string("digest")
                            .orElseThrow()
                            .equals(descriptor.digest().toString()))
                    .findFirst();
            if (trouble.isPresent()
                    && new JsonBoolean(true).equals(trouble.get().get("alreadyExists"))) {
                pushes.add(FixupModel.shown(descriptor.toJson()));
                return PushOutcome.ALREADY_PRESENT;
            }
            try (InputStream in = source.open(scope)) {
                in.readAllBytes();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            trouble.ifPresent(error -> {
                throw new RejectedException(
                        400,
                        List.of(),
                        "PUT " + descriptor.digest(),
                        error.string("error").orElseThrow(),
                        null);
            });
            pushes.add(FixupModel.shown(descriptor.toJson()));
            return PushOutcome.UPLOADED;
        }

        @Override
        public void tag(CallScope scope, Descriptor manifest, String tag) {
            throw new UnsupportedOperationException("a fixup does not tag");
        }

        @Override
        public void close() {}
    }
}
