/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.NodeKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A repository in memory: for content that is made on the spot, and for tests. It is verified on push like everywhere else.
 * As in a registry manifests and blobs are apart; as in a lax registry a manifest is taken whether its children are there or
 * not. Content larger than an array (2^31 bytes) is refused. Safe for use by several threads; closing keeps the content.
 */
public final class MemoryStore implements WritableStore {
    private static final int MAX_CONTENT = Integer.MAX_VALUE - 8;

    private final StoreId id;
    private final Map<NodeKey, Content> contents = new ConcurrentHashMap<>();
    private final Object tagLock = new Object();
    private final Map<String, Descriptor> tags = new LinkedHashMap<>();

    /** An empty repository {@code memory:name}. */
    public MemoryStore(String name) {
        this(new StoreId("memory", "", name));
    }

    MemoryStore(StoreId id) {
        this.id = id;
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        scope.throwIfCancelled();
        return find(tagOrDigest).orElseThrow(() -> absent("HEAD", tagOrDigest));
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        scope.throwIfCancelled();
        return contents.containsKey(descriptor.key());
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        if (offset < 0 || offset > descriptor.size()) {
            throw new IllegalArgumentException("offset " + offset + " in " + descriptor.size() + " bytes");
        }
        scope.throwIfCancelled();
        @Nullable Content content = contents.get(descriptor.key());
        if (content == null) {
            throw absent("GET", descriptor.digest().toString());
        }
        if (offset == 0) {
            return new VerifiedContent.Stream(content.descriptor, content.bytes);
        }
        int start = (int) Math.min(offset, content.bytes.length);
        return new ByteArrayInputStream(content.bytes, start, content.bytes.length - start);
    }

    @Override
    public List<String> tags(CallScope scope) {
        scope.throwIfCancelled();
        synchronized (tagLock) {
            return List.copyOf(tags.keySet());
        }
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.LOCAL;
    }

    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        hints.tags().forEach(MemoryStore::checkTag);
        scope.throwIfCancelled();
        PushOutcome outcome = contents.containsKey(descriptor.key())
                ? PushOutcome.ALREADY_PRESENT
                : take(scope, descriptor, content, hints.bytesSent());
        hints.tags().forEach(tag -> putTag(tag, descriptor));
        return outcome;
    }

    private PushOutcome take(CallScope scope, Descriptor descriptor, ContentSource content, LongConsumer bytesSent) {
        InputStream watched = new PushStream(content.open(scope), scope, bytesSent);
        byte[] bytes = Verified.readAll(watched, descriptor, "the source", MAX_CONTENT);
        scope.throwIfCancelled();
        Content fresh = new Content(descriptor.identity(), bytes);
        return contents.putIfAbsent(descriptor.key(), fresh) == null
                ? PushOutcome.UPLOADED
                : PushOutcome.ALREADY_PRESENT;
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        checkTag(tag);
        if (!exists(scope, manifest)) {
            throw absent("PUT", manifest.digest().toString());
        }
        putTag(tag, manifest);
    }

    @Override
    public void close() {}

    Optional<Descriptor> find(String tagOrDigest) {
        if (tagOrDigest.contains(":")) {
            return Optional.ofNullable(contents.get(new NodeKey(Digest.parse(tagOrDigest), true)))
                    .map(content -> content.descriptor);
        }
        synchronized (tagLock) {
            return Optional.ofNullable(tags.get(tagOrDigest));
        }
    }

    void putTag(String tag, Descriptor manifest) {
        synchronized (tagLock) {
            tags.put(tag, manifest.identity());
        }
    }

    static void checkTag(String tag) {
        if (!tag.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "invalid tag \"" + tag + "\"",
                    "A tag has up to 128 letters, digits, underscores, dots and hyphens, and starts with none of the last two.");
        }
    }

    private NotFoundException absent(String verb, String what) {
        return new NotFoundException(verb + " " + id + " " + what, what + " is not in " + id, null);
    }

    private static final class Content {
        private final Descriptor descriptor;
        private final byte[] bytes;

        Content(Descriptor descriptor, byte[] bytes) {
            this.descriptor = descriptor;
            this.bytes = bytes;
        }
    }
}
