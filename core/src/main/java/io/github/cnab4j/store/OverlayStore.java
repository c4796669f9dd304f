/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * New content in memory over another store, which is only read: a rewritten index over the registry that has the images it
 * lists. Everything is looked for in memory first. Safe for use by several threads.
 *
 * <p>{@link #id()} is the base's, so that the base's blobs can be mounted from it. Equal identities of an overlay and a target
 * therefore do not mean that the target has the overlay's content. Closing leaves the base open: who opened it closes it.
 */
public final class OverlayStore implements WritableStore {
    private final ReadableStore base;
    private final MemoryStore memory;

    /** An overlay without content of its own. */
    public OverlayStore(ReadableStore base) {
        this.base = base;
        this.memory = new MemoryStore(base.id());
    }

    /** Adds content and returns its descriptor, by SHA-256. */
    public Descriptor add(MediaType mediaType, byte[] content) {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        push(CallScope.unbounded(), descriptor, ContentSource.ofBytes(content.clone()), PushHints.NONE);
        return descriptor;
    }

    @Override
    public StoreId id() {
        return base.id();
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        scope.throwIfCancelled();
        return memory.find(tagOrDigest).orElseGet(() -> base.resolve(scope, tagOrDigest));
    }

    @Override
    public ResolvedManifest resolveAndRead(CallScope scope, String tagOrDigest, int limit) {
        ReadableStore holder = memory.find(tagOrDigest).isPresent() ? memory : base;
        return holder.resolveAndRead(scope, tagOrDigest, limit);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return memory.exists(scope, descriptor) || base.exists(scope, descriptor);
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        return (memory.exists(scope, descriptor) ? memory : base).fetch(scope, descriptor, offset);
    }

    /** The base's tags in its order, then those that only the overlay has. */
    @Override
    public List<String> tags(CallScope scope) {
        List<String> own = memory.tags(scope);
        Set<String> all = new LinkedHashSet<>();
        try {
            all.addAll(base.tags(scope));
        } catch (NotFoundException noRepository) {
            if (own.isEmpty()) {
                throw noRepository;
            }
        }
        all.addAll(own);
        return List.copyOf(all);
    }

    /** What the base knows to refer to a manifest, be it the base's or not. */
    @Override
    public Optional<List<Descriptor>> referrers(CallScope scope, Digest subject) {
        return base.referrers(scope, subject);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(base.capabilities().rangeReads(), false);
    }

    /** Takes the content into memory; the base is not asked whether it has it. */
    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        return memory.push(scope, descriptor, content, hints);
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        if (memory.exists(scope, manifest) || !base.exists(scope, manifest)) {
            memory.tag(scope, manifest, tag);
        } else {
            MemoryStore.checkTag(tag);
            memory.putTag(tag, manifest);
        }
    }

    @Override
    public void close() {}
}
