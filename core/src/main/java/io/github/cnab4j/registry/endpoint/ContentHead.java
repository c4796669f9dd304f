/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.util.List;
import java.util.Set;

/**
 * Asks whether a repository holds a manifest or blob (specification: "Checking if content exists in the registry"). Some
 * registries refuse this question where they allow the read; a refusal is a no, and a real denial comes with the next request.
 */
public final class ContentHead implements Endpoint<Boolean> {
    /** Refusals of the moment, which say nothing about the content. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final RepositoryRoute route;
    private final Descriptor descriptor;
    private final boolean beforePush;

    /**
     * The question for one descriptor.
     *
     * @param beforePush whether a push follows, so that one token serves both
     */
    public ContentHead(RepositoryRoute route, Descriptor descriptor, boolean beforePush) {
        this.route = route;
        this.descriptor = descriptor;
        this.beforePush = beforePush;
    }

    @Override
    public HttpCall call() {
        String digest = descriptor.digest().toString();
        HttpCall call = descriptor.mediaType().isManifest()
                ? HttpCall.of("HEAD", route.manifest(digest)).withHeader("Accept", ManifestTypes.ACCEPT)
                : HttpCall.of("HEAD", route.blob(digest));
        return call.withAccess(List.of(route.access(beforePush)));
    }

    @Override
    public String purpose() {
        return "look for " + route.reference(descriptor.digest().toString());
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (status >= 400 && status < 500 && !PASSING.contains(status));
    }

    @Override
    public Boolean answer(HttpReply reply) {
        return reply.status() == 200;
    }
}
