/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.endpoint.ManifestHead;
import io.github.cnab4j.registry.endpoint.ManifestPut;
import io.github.cnab4j.registry.endpoint.RepositoryRoute;
import io.github.cnab4j.registry.http.Backoff;
import io.github.cnab4j.store.CallScope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One manifest on its way into a repository, under one name after another. Survives two habits of registries: a manifest that is
 * being put by somebody else at the same time is a conflict, and a tag that cannot be changed is a refusal even where nothing would
 * change.
 */
final class ManifestPush {
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int MOST_RACES = 3;

    private final EndpointCaller caller;
    private final RepositoryRoute route;
    private final Backoff backoff;
    private final CallScope scope;
    private final Descriptor descriptor;
    private final byte[] content;

    /**
     * A manifest that was read.
     *
     * @param scope the operation that it is put in
     * @param content its bytes, verified
     */
    ManifestPush(
            EndpointCaller caller,
            RepositoryRoute route,
            Backoff backoff,
            CallScope scope,
            Descriptor descriptor,
            byte[] content) {
        this.caller = caller;
        this.route = route;
        this.backoff = backoff;
        this.scope = scope;
        this.descriptor = descriptor;
        this.content = content;
    }

    /**
     * Stores it.
     *
     * @return the manifest to whose referrers the registry says that it belongs; empty if it says nothing
     * @throws StoreException if the registry does not take it
     */
    Optional<String> put(String tagOrDigest) {
        int races = 0;
        while (true) {
            try {
                return caller.call(scope, new ManifestPut(route, descriptor, content, tagOrDigest));
            } catch (StoreException refused) {
                boolean tag = tagOrDigest.indexOf(':') < 0;
                if (tag && isFixed(refused)) {
                    checkTag(tagOrDigest, refused);
                    return Optional.empty();
                }
                races++;
                if (!isRace(refused) || races > MOST_RACES || !backoff.again(scope, races)) {
                    throw refused;
                }
            }
        }
    }

    /** Two puts of the same manifest at a time, or a body that was altered on the way. */
    private static boolean isRace(StoreException refused) {
        return refused instanceof RejectedException rejected
                && (rejected.status() == CONFLICT || rejected.registryCodes().contains("DIGEST_INVALID"));
    }

    /** Whether the registry does not let a tag be changed. The specification has no code for that. */
    private static boolean isFixed(StoreException refused) {
        boolean refusal = refused instanceof RejectedException || refused instanceof AccessDeniedException;
        boolean named = refused instanceof RejectedException rejected
                && (rejected.registryCodes().contains("TAG_INVALID") || rejected.status() == PRECONDITION_FAILED);
        return named
                || (refusal
                        && String.valueOf(refused.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("immutable"));
    }

    /** A tag that has what it is to get is as good as put. */
    private void checkTag(String tag, StoreException refused) {
        Optional<Descriptor> present = present(tag);
        if (present.isEmpty()) {
            throw refused;
        }
        if (!present.get().digest().equals(descriptor.digest())) {
            throw new RejectedException(
                    refused instanceof RejectedException rejected ? rejected.status() : CONFLICT,
                    refused instanceof RejectedException rejected ? rejected.registryCodes() : List.of(),
                    refused.request(),
                    refused.getMessage() + "; the tag is " + present.get().digest() + ", not " + descriptor.digest(),
                    "The registry does not let this tag be changed: push to another one.");
        }
    }

    private Optional<Descriptor> present(String tag) {
        try {
            return caller.call(scope, new ManifestHead(route, tag, true));
        } catch (StoreException unknown) {
            return Optional.empty();
        }
    }
}
