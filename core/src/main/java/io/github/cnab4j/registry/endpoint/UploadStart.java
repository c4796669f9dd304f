/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens an upload, with or without the wish to have the blob mounted from another repository instead, or taken from this
 * request's own body (specification: "Pushing a blob in chunks", "Mounting a blob from another repository", "Single POST"). A wish
 * that the registry does not fulfil opens an upload all the same. The answer is empty if the registry has the blob then.
 */
public final class UploadStart implements Endpoint<Optional<UploadSession>> {
    private final RepositoryRoute route;
    private final Digest digest;
    private final @Nullable String mountFrom;
    private final @Nullable HttpBody whole;

    private UploadStart(RepositoryRoute route, Digest digest, @Nullable String mountFrom, @Nullable HttpBody whole) {
        this.route = route;
        this.digest = digest;
        this.mountFrom = mountFrom;
        this.whole = whole;
    }

    /** An upload. */
    public static UploadStart plain(RepositoryRoute route, Digest digest) {
        return new UploadStart(route, digest, null, null);
    }

    /** A mount from another repository of the registry, or an upload. */
    public static UploadStart mounting(RepositoryRoute route, Digest digest, String from) {
        return new UploadStart(route, digest, from, null);
    }

    /** The whole blob in this one request, or an upload that has nothing of it. */
    public static UploadStart whole(RepositoryRoute route, Digest digest, HttpBody content) {
        return new UploadStart(route, digest, null, content);
    }

    /** Awaited, since the answer may name a session that nobody else would end. */
    @Override
    public HttpCall call() {
        return request().asAwaited();
    }

    private HttpCall request() {
        HttpUrl url = route.uploads();
        if (whole != null) {
            return HttpCall.of("POST", url.withParameter("digest", digest.toString()))
                    .withHeader("Content-Type", "application/octet-stream")
                    .withBody(whole)
                    .withAccess(List.of(Access.push(route.name())));
        }
        if (mountFrom == null) {
            return HttpCall.of("POST", url).asRepeatable().withAccess(List.of(Access.push(route.name())));
        }
        return HttpCall.of("POST", url.withParameter("mount", digest.toString()).withParameter("from", mountFrom))
                .asRepeatable()
                .withAccess(List.of(Access.push(route.name()), Access.pull(mountFrom)));
    }

    @Override
    public String purpose() {
        if (whole != null) {
            return "upload " + route.reference(digest.toString());
        }
        return mountFrom == null
                ? "start the upload of " + route.reference(digest.toString())
                : "mount " + route.reference(digest.toString()) + " from " + mountFrom;
    }

    @Override
    public boolean accepts(int status) {
        return status == 202 || (status == 201 && (mountFrom != null || whole != null));
    }

    @Override
    public Optional<UploadSession> answer(HttpReply reply) throws IOException {
        return reply.status() == 201 ? Optional.empty() : Optional.of(UploadSession.after(reply));
    }
}
