/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of one repository. Implementations are thread-safe; each method takes effect at once and whole, and a
 * method that has returned is seen by every later call.
 */
public interface RepositoryStorage {
    /** The repository's name. */
    RepositoryName name();

    /** A blob of this repository. */
    Optional<StoredBlob> blob(Digest digest) throws IOException;

    /** Removes a blob from this repository only; returns whether it was there. */
    boolean deleteBlob(Digest digest) throws IOException;

    /** Makes a blob of another repository one of this, without copying; returns false when it is not there. */
    boolean mount(Digest digest, RepositoryName from) throws IOException;

    /** Makes a blob of any repository one of this; returns false when none has it, or the storage cannot tell. */
    default boolean mountFromAnywhere(Digest digest) throws IOException {
        return false;
    }

    /**
     * Starts an upload.
     *
     * @param expected the algorithm by which it will probably be committed; another one is possible, but slower
     */
    Upload beginUpload(Digest.Algorithm expected) throws IOException;

    /** An upload that was begun in this repository and has been neither committed nor cancelled. */
    Optional<Upload> upload(String id) throws IOException;

    /** A manifest of this repository. */
    Optional<StoredManifest> manifest(Digest digest) throws IOException;

    /** Stores a manifest and lets these tags point to it, all at once. */
    void putManifest(StoredManifest manifest, Collection<String> tags) throws IOException;

    /** Removes a manifest and every tag that points to it; returns whether it was there. */
    boolean deleteManifest(Digest digest) throws IOException;

    /** What a tag points to. */
    Optional<Digest> tag(String tag) throws IOException;

    /** Removes a tag, not what it points to; returns whether it was there. */
    boolean deleteTag(String tag) throws IOException;

    /**
     * Tags in ASCII order.
     *
     * @param after only tags greater than this
     * @param limit at most so many
     */
    List<String> tags(@Nullable String after, int limit) throws IOException;

    /** The manifests whose subject has this digest, in the order of their digests. */
    List<StoredManifest> referrers(Digest subject) throws IOException;
}
