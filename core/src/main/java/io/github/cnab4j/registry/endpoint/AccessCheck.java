/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import java.util.List;

/** Asks a registry whether it knows the caller (specification: "Determining support"). */
public final class AccessCheck implements Endpoint<Integer> {
    private final Origin origin;
    private final String host;

    /**
     * The request to a registry.
     *
     * @param origin where it is
     * @param host its name, for messages
     */
    public AccessCheck(Origin origin, String host) {
        this.origin = origin;
        this.host = host;
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("GET", HttpUrl.of(origin, "/v2/")).withAccess(List.of(Access.registry()));
    }

    @Override
    public String purpose() {
        return "log in to " + host;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public Integer answer(HttpReply reply) {
        return reply.status();
    }
}
