/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
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
        if (next.isEmpty() || !isAtRegistry(next.get().origin(), route.origin())) {
            throw new ProtocolException(
                    "the next page of the list is not at " + route.origin().authority());
        }
        return next;
    }

    /** A registry that was thought to be without TLS may have turned out to have it. */
    private static boolean isAtRegistry(Origin page, Origin registry) {
        return page.host().equals(registry.host())
                && page.port() == registry.port()
                && (page.secure() || !registry.secure());
    }
}
