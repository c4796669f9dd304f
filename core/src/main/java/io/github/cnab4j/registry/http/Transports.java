/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

/** Makes base transports. */
public final class Transports {
    private Transports() {}

    /** Pooled HTTP/1.1 connections, with or without TLS; connects to nothing until the first request. */
    public static HttpTransport pooled(TransportOptions options) {
        return new ApacheTransport(options);
    }
}
