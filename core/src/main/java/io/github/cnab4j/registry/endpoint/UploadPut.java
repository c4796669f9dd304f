/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.util.List;

/**
 * Closes an upload, with the whole blob or with nothing if the parts went before (specification: "POST then PUT", "Pushing a blob
 * in chunks"). The answer is whether the registry said that it has the blob; any other success has to be looked at.
 */
public final class UploadPut implements Endpoint<Boolean> {
    private final RepositoryRoute route;
    private final UploadSession session;
    private final String digest;
    private final HttpBody body;

    /** The closing request with what is left to send. */
    public UploadPut(RepositoryRoute route, UploadSession session, String digest, HttpBody body) {
        this.route = route;
        this.session = session;
        this.digest = digest;
        this.body = body;
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("PUT", session.location().withParameter("digest", digest))
                .toPublicOnly(session.publicOnly())
                .withHeader("Content-Type", "application/octet-stream")
                .withBody(body)
                .withAccess(List.of(Access.push(route.name())));
    }

    @Override
    public String purpose() {
        return "upload " + route.reference(digest);
    }

    @Override
    public boolean accepts(int status) {
        return status >= 200 && status < 300;
    }

    @Override
    public Boolean answer(HttpReply reply) {
        return reply.status() == 201;
    }
}
