/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.io.IOException;
import java.util.List;

/** Sends a part of a blob, or all of it at once, to an open upload (specification: "Pushing a blob in chunks"). */
public final class UploadPatch implements Endpoint<UploadProgress> {
    private final RepositoryRoute route;
    private final UploadSession session;
    private final String digest;
    private final HttpBody body;
    private final long offset;
    private final boolean ranged;

    /**
     * A part.
     *
     * @param offset place of its first byte in the blob
     * @param ranged whether to say so; registries that know no parts refuse the field
     */
    public UploadPatch(
            RepositoryRoute route, UploadSession session, String digest, HttpBody body, long offset, boolean ranged) {
        this.route = route;
        this.session = session;
        this.digest = digest;
        this.body = body;
        this.offset = offset;
        this.ranged = ranged;
    }

    @Override
    public HttpCall call() {
        HttpCall call = HttpCall.of("PATCH", session.location())
                .toPublicOnly(session.publicOnly())
                .withHeader("Content-Type", "application/octet-stream")
                .withBody(body)
                .withAccess(List.of(Access.push(route.name())));
        return ranged ? call.withHeader("Content-Range", offset + "-" + (offset + body.length() - 1)) : call;
    }

    @Override
    public String purpose() {
        return "upload " + route.reference(digest);
    }

    @Override
    public boolean accepts(int status) {
        return status == 202 || status == 201 || status == 204;
    }

    @Override
    public UploadProgress answer(HttpReply reply) throws IOException {
        return UploadProgress.after(reply, session);
    }
}
