/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;

/** Where a list goes on. */
final class NextPage {
    private NextPage() {}

    /**
     * The page that an answer names as the next one.
     *
     * @throws IOException if it is at another origin: a registry that says so leads us astray
     */
    static Optional<HttpUrl> of(HttpReply reply, RepositoryRoute route) throws IOException {
        Optional<String> link = LinkHeader.next(reply.headers().all("Link"));
        if (link.isEmpty()) {
            return Optional.empty();
        }
        Optional<HttpUrl> next = reply.url().resolve(link.get());
        if (next.isEmpty() || !next.get().origin().equals(route.origin())) {
            throw new ProtocolException(
                    "the next page of the list is not at " + route.origin().authority());
        }
        return next;
    }
}
