/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A memory store for each repository. */
final class MemoryStores implements Stores {
    private final Map<String, MemoryStore> stores = new ConcurrentHashMap<>();

    MemoryStore at(String location) {
        return at(Location.parse(location));
    }

    /** Puts content into a repository, under tags if it is a manifest. */
    static Descriptor put(WritableStore store, MediaType mediaType, String text, String... tags) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Descriptor descriptor = Descriptor.of(mediaType, bytes);
        store.push(
                CallScope.unbounded(),
                descriptor,
                ContentSource.ofBytes(bytes),
                PushHints.NONE.withTags(List.of(tags)));
        return descriptor;
    }

    @Override
    public ReadableStore source(Location location) {
        return at(location);
    }

    @Override
    public WritableStore target(Location location) {
        return at(location);
    }

    @Override
    public Optional<Descriptor> imageIn(CallScope scope, ImageSource.Layout layout, String image) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    private MemoryStore at(Location location) {
        return stores.computeIfAbsent(location.repositoryOnly().toString(), MemoryStore::new);
    }
}
