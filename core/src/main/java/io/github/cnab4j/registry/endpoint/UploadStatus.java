/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.io.IOException;
import java.util.List;

/** Asks how much of an upload has arrived (specification: "Pushing a blob in chunks", on getting the upload status). */
public final class UploadStatus implements Endpoint<UploadProgress> {
    private final RepositoryRoute route;
    private final UploadSession session;

    /** The question about a session. */
    public UploadStatus(RepositoryRoute route, UploadSession session) {
        this.route = route;
        this.session = session;
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("GET", session.location())
                .toPublicOnly(session.publicOnly())
                .withAccess(List.of(Access.push(route.name())));
    }

    @Override
    public String purpose() {
        return "go on with an upload to " + route.shown();
    }

    @Override
    public boolean accepts(int status) {
        return status == 204 || status == 202 || status == 200;
    }

    @Override
    public UploadProgress answer(HttpReply reply) throws IOException {
        return UploadProgress.after(reply, session);
    }
}
