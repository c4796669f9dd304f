/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.registry.http.ExpectsTlsException;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.function.Supplier;

/** Calls endpoints over a transport. Safe for use by several threads. */
public final class EndpointCaller {
    private final HttpTransport transport;
    private final FailureTexts failures;
    private final Origin origin;
    private final Origin plain;
    private final Supplier<Place> encrypted;

    /**
     * Where a registry is, and who calls it there.
     *
     * @param origin its API
     * @param caller calls it
     */
    public record Place(Origin origin, EndpointCaller caller) {}

    /**
     * A caller for one registry.
     *
     * @param host the registry as users name it
     * @param origin where it is
     * @param plain where it is in plain http; a request that was meant for that when the registry's TLS was not known yet goes to its
     *     origin
     * @param encrypted where the registry is if it turns out to speak TLS only
     */
    public EndpointCaller(
            HttpTransport transport, String host, Origin origin, Origin plain, Supplier<Place> encrypted) {
        this.transport = transport;
        this.failures = new FailureTexts(host);
        this.origin = origin;
        this.plain = plain;
        this.encrypted = encrypted;
    }

    /**
     * Calls one endpoint.
     *
     * @throws StoreException if there is no answer, or none that the endpoint expects
     */
    public <T> T call(CallScope scope, Endpoint<T> endpoint) {
        HttpCall request = endpoint.call();
        boolean outdated = origin.secure() && request.url().origin().equals(plain);
        return call(scope, endpoint, outdated ? request.withUrl(request.url().at(origin)) : request);
    }

    private <T> T call(CallScope scope, Endpoint<T> endpoint, HttpCall request) {
        HttpReply reply;
        try {
            reply = transport.execute(scope, request);
        } catch (ExpectsTlsException tls) {
            Place place = encrypted.get();
            return place.caller()
                    .call(scope, endpoint, request.withUrl(request.url().at(place.origin())));
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
