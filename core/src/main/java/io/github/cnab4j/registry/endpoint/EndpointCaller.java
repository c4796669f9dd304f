/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;

/** Calls endpoints over a transport. Safe for use by several threads. */
public final class EndpointCaller {
    private final HttpTransport transport;
    private final FailureTexts failures;

    /**
     * A caller for one registry.
     *
     * @param host the registry as users name it
     */
    public EndpointCaller(HttpTransport transport, String host) {
        this.transport = transport;
        this.failures = new FailureTexts(host);
    }

    /**
     * Calls one endpoint.
     *
     * @throws StoreException if there is no answer, or none that the endpoint expects
     */
    public <T> T call(CallScope scope, Endpoint<T> endpoint) {
        HttpReply reply;
        try {
            reply = transport.execute(scope, endpoint.call());
        } catch (IOException failed) {
            throw failures.unanswered(endpoint, failed);
        }
        boolean kept = false;
        try {
            if (!endpoint.accepts(reply.status())) {
                throw failures.refused(endpoint, reply);
            }
            T answer = endpoint.answer(reply);
            kept = endpoint.keepsReply();
            return answer;
        } catch (IOException failed) {
            throw failures.unanswered(endpoint, failed);
        } finally {
            if (!kept) {
                reply.close();
            }
        }
    }
}
