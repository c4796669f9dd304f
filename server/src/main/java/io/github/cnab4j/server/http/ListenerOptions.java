/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where and within which limits a listener serves. Immutable.
 *
 * @param address where to listen; port 0 takes a free one
 * @param tls speaks HTTPS with this context, plain HTTP when absent
 * @param clientCertificates whether a client has to show a certificate that the context trusts
 * @param idleTimeout how long a connection may be silent, between requests and inside one. Twice that time is what a
 *     client has for the whole head of a request, and for taking each 128 KiB of a response
 * @param maxConnections how many connections are served at once; a further one takes the place of that which has been
 *     without a request for longest, or waits while all have one
 * @param maxHeaderCount field lines a request may have
 * @param maxLineLength bytes a request line or a field line may have
 */
public record ListenerOptions(
        InetSocketAddress address,
        @Nullable SSLContext tls,
        boolean clientCertificates,
        Duration idleTimeout,
        int maxConnections,
        int maxHeaderCount,
        int maxLineLength) {

    /** Plain HTTP on a free port of the loopback address, with limits that fit a developer's machine. */
    public static ListenerOptions loopback() {
        return new ListenerOptions(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                false,
                Duration.ofSeconds(60),
                1024,
                100,
                32 * 1024);
    }

    /** These options at another address. */
    public ListenerOptions withAddress(InetSocketAddress other) {
        return new ListenerOptions(
                other, tls, clientCertificates, idleTimeout, maxConnections, maxHeaderCount, maxLineLength);
    }

    /** These options with TLS. */
    public ListenerOptions withTls(SSLContext context) {
        return new ListenerOptions(
                address, context, clientCertificates, idleTimeout, maxConnections, maxHeaderCount, maxLineLength);
    }

    /** These options with TLS that wants a certificate of the client, one that the context trusts. */
    public ListenerOptions withClientCertificates(SSLContext context) {
        return new ListenerOptions(address, context, true, idleTimeout, maxConnections, maxHeaderCount, maxLineLength);
    }

    /** These options with another idle time. */
    public ListenerOptions withIdleTimeout(Duration other) {
        return new ListenerOptions(
                address, tls, clientCertificates, other, maxConnections, maxHeaderCount, maxLineLength);
    }

    /** These options with another bound on open connections. */
    public ListenerOptions withMaxConnections(int other) {
        return new ListenerOptions(address, tls, clientCertificates, idleTimeout, other, maxHeaderCount, maxLineLength);
    }
}
