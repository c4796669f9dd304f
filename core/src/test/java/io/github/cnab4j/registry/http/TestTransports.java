/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.time.Duration;

/** Settings of transports that tests speak plain http with. */
public final class TestTransports {
    private TestTransports() {}

    /** Settings without TLS and proxies. */
    public static TransportOptions options(Duration connectTimeout, Duration idleTimeout, int connectionsPerHost) {
        return new TransportOptions(
                connectTimeout,
                idleTimeout,
                connectionsPerHost,
                "test",
                (origin, verified) -> {
                    throw new AssertionError("TLS to " + origin);
                },
                origin -> false,
                ProxyChoice.direct());
    }
}
