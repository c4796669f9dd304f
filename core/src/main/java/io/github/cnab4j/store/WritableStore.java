/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.util.Set;
import java.util.stream.Collectors;

/** A store that takes content. */
public interface WritableStore extends ReadableStore {
    /**
     * Stores content under its digest. Nothing is committed before all bytes were checked against digest and size. Content
     * that is there already is an outcome, not a failure. With {@link PushHints#tags()} a manifest gets these tags with the
     * same requests that store it; else it is stored by digest alone.
     *
     * @throws RejectedException if the store refuses the content
     * @throws StoreException if the store or the source fails
     */
    PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints);

    /**
     * Points a tag at a manifest that the store holds.
     *
     * @throws NotFoundException if the store does not hold it
     * @throws StoreException if the store fails
     */
    void tag(CallScope scope, Descriptor manifest, String tag);

    /**
     * Whether the store says that there is no such repository, so that asking for each content is in vain. It may hold content
     * even then: some registries know only repositories with tags. A store that cannot say answers false.
     *
     * @throws StoreException if the store fails
     */
    default boolean repositoryUnknown(CallScope scope) {
        return false;
    }

    /**
     * Whether the store itself keeps these manifests, which it holds, in its list of what refers to another, so that no index under a
     * tag has to.
     *
     * @throws StoreException if the store fails
     */
    default boolean listsReferrers(CallScope scope, Digest subject, Set<Digest> referrers) {
        return referrers(scope, subject)
                .filter(listed -> listed.stream()
                        .map(Descriptor::digest)
                        .collect(Collectors.toSet())
                        .containsAll(referrers))
                .isPresent();
    }
}
