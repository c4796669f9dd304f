/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Asks what a tag or digest is, without its content (specification: "Pulling manifests", HEAD). The answer is empty where the
 * registry leaves out what a descriptor needs, or refuses HEAD while it may allow GET.
 */
public final class ManifestHead implements Endpoint<Optional<Descriptor>> {
    /** Refusals of the moment, which say nothing about the content. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final RepositoryRoute route;
    private final String tagOrDigest;
    private final Access access;

    /**
     * The question for one tag or digest.
     *
     * @param beforePush whether the repository will be pushed to, so that a token should allow that at once
     */
    public ManifestHead(RepositoryRoute route, String tagOrDigest, boolean beforePush) {
        this.route = route;
        this.tagOrDigest = tagOrDigest;
        this.access = route.access(beforePush);
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("HEAD", route.manifest(tagOrDigest))
                .withHeader("Accept", ManifestTypes.ACCEPT)
                .withAccess(List.of(access));
    }

    @Override
    public String purpose() {
        return "find " + route.reference(tagOrDigest);
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (status >= 400 && status < 500 && status != 404 && !PASSING.contains(status));
    }

    @Override
    public Optional<Descriptor> answer(HttpReply reply) {
        if (reply.status() != 200) {
            return Optional.empty();
        }
        Optional<MediaType> type = ManifestTypes.manifestType(reply.headers().first("Content-Type"));
        Optional<Digest> digest = digest(reply);
        OptionalLong size = reply.headers().number("Content-Length");
        if (type.isEmpty() || digest.isEmpty() || size.isEmpty() || size.getAsLong() > Descriptor.MAX_SIZE) {
            return Optional.empty();
        }
        return Optional.of(Descriptor.of(type.get(), digest.get(), size.getAsLong()));
    }

    /** The digest, if it can be one and agrees with what was asked for. */
    private Optional<Digest> digest(HttpReply reply) {
        try {
            return reply.headers()
                    .first("Docker-Content-Digest")
                    .map(text -> Digest.parse(text.strip()))
                    .filter(digest -> tagOrDigest.indexOf(':') < 0 || tagOrDigest.equals(digest.toString()));
        } catch (InvalidInputException malformed) {
            return Optional.empty();
        }
    }
}
