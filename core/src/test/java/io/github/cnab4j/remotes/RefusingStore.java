/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.vectors.FixupModel;
import io.github.cnab4j.vectors.PushRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A repository that refuses what a case of {@code index.json} says. */
final class RefusingStore implements WritableStore {
    private final MemoryStore memory = new MemoryStore("target");
    private final PushRegistry registry;

    RefusingStore(JsonObject vectorCase) {
        registry = new PushRegistry(vectorCase);
    }

    @Override
    public synchronized PushOutcome push(
            CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        byte[] bytes = read(scope, content);
        refusal(descriptor, bytes, hints).ifPresent(refusal -> {
            throw new RejectedException(
                    refusal.status(), refusal.codes(), "PUT " + descriptor.digest(), refusal.text(), null);
        });
        return memory.push(scope, descriptor, ContentSource.ofBytes(bytes), hints);
    }

    private Optional<PushRegistry.Refusal> refusal(Descriptor descriptor, byte[] bytes, PushHints hints) {
        String mediaType = descriptor.mediaType().value();
        if (!descriptor.mediaType().isManifest()) {
            return registry.takeBlob(mediaType);
        }
        JsonObject manifest = JsonReader.readObject(bytes, JsonLimits.MANIFEST);
        String config = manifest.object("config")
                .flatMap(found -> found.string("mediaType"))
                .orElse("");
        List<String> children = FixupModel.objects(manifest, "manifests").stream()
                .map(entry -> entry.string("mediaType").orElseThrow())
                .toList();
        return registry.takeManifest(
                new PushRegistry.Push(mediaType, config, children, !hints.tags().isEmpty()));
    }

    private static byte[] read(CallScope scope, ContentSource content) {
        try (InputStream in = content.open(scope)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public StoreId id() {
        return memory.id();
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        return memory.resolve(scope, tagOrDigest);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return memory.exists(scope, descriptor);
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        return memory.fetch(scope, descriptor, offset);
    }

    @Override
    public List<String> tags(CallScope scope) {
        return memory.tags(scope);
    }

    @Override
    public Capabilities capabilities() {
        return memory.capabilities();
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        memory.tag(scope, manifest, tag);
    }

    @Override
    public void close() {}
}
