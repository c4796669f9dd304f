/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.util.Optional;

/** Which proxy a request goes through. Implementations are safe for use by several threads and ask no network. */
@FunctionalInterface
public interface ProxyChoice {
    /**
     * The proxy for requests to one place; empty where they go there directly.
     *
     * @throws ProxyException if the one that is configured cannot be used
     */
    Optional<HttpProxy> proxyFor(Origin origin) throws ProxyException;

    /** No proxy for anything. */
    static ProxyChoice direct() {
        return origin -> Optional.empty();
    }
}
