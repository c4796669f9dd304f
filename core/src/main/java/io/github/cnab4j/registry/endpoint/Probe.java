/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;

/** Finds out whether anything answers HTTP at an origin (specification: "Determining support"; the status does not matter). */
public final class Probe {
    private Probe() {}

    /** Whether a request for {@code /v2/} is answered at all. */
    public static boolean answers(CallScope scope, HttpTransport transport, Origin origin) {
        try (HttpReply reply = transport.execute(scope, HttpCall.of("GET", HttpUrl.of(origin, "/v2/")))) {
            return reply.status() > 0;
        } catch (IOException silent) {
            return false;
        }
    }
}
