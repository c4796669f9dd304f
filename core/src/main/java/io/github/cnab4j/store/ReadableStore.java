/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One repository, layout or memory to read from. Implementations are safe for use by several threads; all methods may block
 * and honour the scope.
 */
public interface ReadableStore extends AutoCloseable {
    /** Where the content is. */
    StoreId id();

    /**
     * Finds a manifest by tag or digest. The descriptor has media type, digest and size, and is what the store <em>says</em>:
     * only reading through {@link Verified} proves it.
     *
     * @param tagOrDigest a tag, or a digest as text
     * @throws NotFoundException if there is no such manifest
     * @throws StoreException if the store fails
     */
    Descriptor resolve(CallScope scope, String tagOrDigest);

    /**
     * Finds a manifest by tag or digest and reads it, where the store can with one request in place of two. Some registries
     * count a read against a quota, and an answer to {@link #resolve} not.
     *
     * @param tagOrDigest a tag, or a digest as text
     * @param limit the most bytes that are taken
     * @throws NotFoundException if there is no such manifest
     * @throws InvalidInputException if it is larger than the limit
     * @throws StoreException if the store fails, or gives other bytes than it says
     */
    default ResolvedManifest resolveAndRead(CallScope scope, String tagOrDigest, int limit) {
        Descriptor descriptor = resolve(scope, tagOrDigest);
        return new ResolvedManifest(descriptor, Verified.readAll(scope, this, descriptor, limit));
    }

    /**
     * Whether the store holds the content, a manifest or a blob by its media type. A store that will not say (some registries
     * answer such questions with a refusal) counts as one that does not hold it.
     *
     * @throws StoreException if the store fails
     */
    boolean exists(CallScope scope, Descriptor descriptor);

    /**
     * The raw bytes from {@code offset} on. They are not verified: callers go through {@link Verified}. The stream must be
     * closed.
     *
     * @param offset number of bytes left out, from 0 up to the descriptor's size; at the size the stream is empty
     * @throws IllegalArgumentException if the offset is outside that range
     * @throws NotFoundException if the content is absent
     * @throws StoreException if the store fails
     */
    InputStream fetch(CallScope scope, Descriptor descriptor, long offset);

    /**
     * All tags, in the store's order.
     *
     * @throws NotFoundException if the repository does not exist
     * @throws StoreException if the store fails
     */
    List<String> tags(CallScope scope);

    /**
     * The manifests that have this one as their subject (OCI image specification 1.1), if the store keeps lists of them. What one
     * that keeps none holds may be found by the referrers tag schema of the distribution specification.
     *
     * @param subject digest of a manifest, which need not exist
     * @return what refers to it, in no order; nothing if the store keeps no lists
     * @throws StoreException if the store fails
     */
    default Optional<List<Descriptor>> referrers(CallScope scope, Digest subject) {
        return Optional.empty();
    }

    /**
     * Opens one more connection, for a request that is sure to come; may block, and never fails but by the scope. A store without
     * connections does nothing.
     */
    default void warmUp(CallScope scope) {}

    /** What this store can do. */
    Capabilities capabilities();

    /** Lets go of what the store holds open; content that was committed stays. */
    @Override
    void close();
}
