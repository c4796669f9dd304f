/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Settings of the base transport.
 *
 * @param connectTimeout how long to wait for a connection
 * @param idleTimeout how long to wait for the next byte of an answer
 * @param connectionsPerHost the most connections to one host at a time
 * @param userAgent value of the User-Agent field
 * @param tls trust and keys for TLS
 * @param unverified origins whose certificates are not looked at
 * @param proxies which requests go through a proxy
 */
public record TransportOptions(
        Duration connectTimeout,
        Duration idleTimeout,
        int connectionsPerHost,
        String userAgent,
        TlsContexts tls,
        Predicate<Origin> unverified,
        ProxyChoice proxies) {}
