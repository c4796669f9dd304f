/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.OptionalInt;

/** Finds out how a registry of which only the name is known is spoken to (specification: "Determining support"). */
public final class Probe {
    /** What a server that expects TLS says to anything else, if it says anything. */
    private static final int BAD_REQUEST = 400;

    private Probe() {}

    /**
     * Where the registry is. A connection that breaks or a host that is silent does not prove that nothing is encrypted there: only
     * an answer without encryption does. What the other answer is does not matter.
     *
     * @param encrypted where it is if it speaks TLS
     * @param plain where it is otherwise
     */
    public static Origin find(CallScope scope, HttpTransport transport, Origin encrypted, Origin plain) {
        if (status(scope, transport, encrypted).isPresent()) {
            return encrypted;
        }
        OptionalInt status = status(scope, transport, plain);
        return status.isPresent() && status.getAsInt() != BAD_REQUEST ? plain : encrypted;
    }

    private static OptionalInt status(CallScope scope, HttpTransport transport, Origin origin) {
        try (HttpReply reply = transport.execute(scope, HttpCall.of("GET", HttpUrl.of(origin, "/v2/")))) {
            return OptionalInt.of(reply.status());
        } catch (IOException silent) {
            return OptionalInt.empty();
        }
    }
}
