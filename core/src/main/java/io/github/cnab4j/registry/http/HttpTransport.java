/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;

/**
 * Sends requests. What is done to every request (following redirects, authorising, trying again, logging) decorates another
 * transport; the order is redirects, warnings, quota, authorisation, retries, log, base. Implementations are safe for use by several threads.
 */
public interface HttpTransport extends AutoCloseable {
    /**
     * Sends one request and waits for the head of its answer. Any status is an answer.
     *
     * @throws CancelledException if the scope is stopped meanwhile
     * @throws IOException if there is no answer
     */
    HttpReply execute(CallScope scope, HttpCall call) throws IOException;

    /**
     * Opens one more connection, for a request that is sure to come: its handshakes take place meanwhile. A connection that cannot
     * be opened is no failure; the request will tell. By default nothing is done.
     */
    default void warmUp(CallScope scope, Origin origin) {}

    /**
     * Opens one more connection and leaves it to the next request.
     *
     * @throws IOException if there is none, also where there is no direct way; by default always
     */
    default void connect(CallScope scope, Origin origin) throws IOException {
        throw new IOException("there is no connection to " + origin);
    }

    /** Closes all connections. */
    @Override
    void close();
}
