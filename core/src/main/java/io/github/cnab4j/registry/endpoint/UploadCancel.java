/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.time.Duration;
import java.util.List;

/** Gives up an upload, so that the registry need not keep it until it times out. A courtesy: any answer will do. */
public final class UploadCancel implements Endpoint<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RepositoryRoute route;
    private final UploadSession session;

    /** The end of a session. */
    public UploadCancel(RepositoryRoute route, UploadSession session) {
        this.route = route;
        this.session = session;
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("DELETE", session.location())
                .toPublicOnly(session.publicOnly())
                .withAccess(List.of(Access.push(route.name())))
                .withPatience(PATIENCE);
    }

    @Override
    public String purpose() {
        return "give up an upload to " + route.shown();
    }

    @Override
    public boolean accepts(int status) {
        return true;
    }

    @Override
    public Integer answer(HttpReply reply) {
        return reply.status();
    }
}
