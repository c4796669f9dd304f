/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;

/** Answers requests, many at once. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request; what it leaves of the body is discarded.
     *
     * @throws AbortConnectionException to break the connection instead of answering
     * @throws IOException when the client has gone or the server's own storage fails
     */
    Response handle(Request request) throws IOException;
}
