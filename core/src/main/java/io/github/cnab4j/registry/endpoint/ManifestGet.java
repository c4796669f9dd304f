/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.BoundedBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.store.ResolvedManifest;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/**
 * Reads a manifest to find out what a tag or digest is (specification: "Pulling manifests"): digest and size come from the bytes,
 * the media type from the Content-Type or, where that says nothing of use, from the bytes too.
 */
public final class ManifestGet implements Endpoint<ResolvedManifest> {
    private final RepositoryRoute route;
    private final String tagOrDigest;
    private final int limit;
    private final Access access;

    /**
     * The request for one tag or digest.
     *
     * @param limit most bytes that are taken
     * @param beforePush whether the repository will be pushed to, so that a token should allow that at once
     */
    public ManifestGet(RepositoryRoute route, String tagOrDigest, int limit, boolean beforePush) {
        this.route = route;
        this.tagOrDigest = tagOrDigest;
        this.limit = limit;
        this.access = route.access(beforePush);
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("GET", route.manifest(tagOrDigest))
                .withHeader("Accept", ManifestTypes.ACCEPT)
                .withReadAhead(limit)
                .withAccess(List.of(access));
    }

    @Override
    public String purpose() {
        return "read " + route.reference(tagOrDigest);
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public ResolvedManifest answer(HttpReply reply) throws IOException {
        byte[] content = BoundedBody.whole(reply.body(), limit)
                .orElseThrow(() -> new InvalidInputException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the manifest " + route.reference(tagOrDigest) + " is longer than " + limit + " bytes"));
        Digest digest = digest(reply, content);
        MediaType type = ManifestTypes.manifestType(reply.headers().first("Content-Type"))
                .orElseGet(() -> ManifestShape.typeOf(content, route.reference(tagOrDigest)));
        return new ResolvedManifest(Descriptor.of(type, digest, content.length), content);
    }

    private Digest digest(HttpReply reply, byte[] content) throws ProtocolException {
        if (tagOrDigest.indexOf(':') >= 0) {
            return checked(Digest.parse(tagOrDigest), content, "instead");
        }
        Optional<String> told = reply.headers().first("Docker-Content-Digest").map(String::strip);
        if (told.isEmpty()) {
            return Digest.sha256(content);
        }
        try {
            return checked(Digest.parse(told.get()), content, "although the registry says " + told.get());
        } catch (InvalidInputException malformed) {
            throw new ProtocolException("the registry gives something as a digest that is none");
        }
    }

    private Digest checked(Digest expected, byte[] content, String although) {
        Digest actual = Digest.of(expected.algorithm(), expected.newHash().digest(content));
        if (!actual.equals(expected)) {
            throw new IntegrityException(
                    call().toString(),
                    "content mismatch: " + route.reference(tagOrDigest) + " has the digest " + actual + " " + although);
        }
        return actual;
    }
}
