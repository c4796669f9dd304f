/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the base transport.
 *
 * @param connectTimeout how long to wait for a connection
 * @param idleTimeout how long to wait for the next byte of an answer
 * @param connectionsPerHost the most connections to one host at a time
 * @param userAgent value of the User-Agent field
 * @param sslContext trust and keys for TLS; the runtime's own where it is null
 * @param unverified origins whose certificates are not looked at
 */
public record TransportOptions(
        Duration connectTimeout,
        Duration idleTimeout,
        int connectionsPerHost,
        String userAgent,
        @Nullable SSLContext sslContext,
        Predicate<Origin> unverified) {}
