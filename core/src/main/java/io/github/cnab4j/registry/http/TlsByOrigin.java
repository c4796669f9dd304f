/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS, verified unless the origin was named insecure. Set up for each origin when it is first needed: loading trusted certificates
 * is a good part of the start-up time, and plain http needs none.
 */
final class TlsByOrigin implements TlsSocketStrategy {
    private final TlsContexts contexts;
    private final Predicate<Origin> unverified;
    private final Map<Origin, TlsSocketStrategy> strategies = new ConcurrentHashMap<>();

    TlsByOrigin(TransportOptions options) {
        this.contexts = options.tls();
        this.unverified = options.unverified();
    }

    /** Sets up what connections to a place need; what is wrong with its files is told here, and not in the middle of a handshake. */
    void prepare(Origin origin) {
        if (origin.secure()) {
            strategyFor(origin);
        }
    }

    private TlsSocketStrategy strategyFor(Origin origin) {
        TlsSocketStrategy known = strategies.get(origin);
        return known == null ? strategies.computeIfAbsent(origin, this::strategy) : known;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
            throws IOException {
        Origin origin = new Origin("https", target.toLowerCase(Locale.ROOT), port);
        HttpProxy proxy = ExchangeExecutor.proxy(context);
        try {
            return strategyFor(origin).upgrade(socket, target, port, attachment, context);
        } catch (SSLException failed) {
            if (proxy != null && proxy.origin().equals(origin)) {
                throw ProxyException.unreached(proxy, failed);
            }
            throw failed;
        }
    }

    private TlsSocketStrategy strategy(Origin origin) {
        boolean verified = !unverified.test(origin);
        SSLContext context = contexts.context(origin, verified);
        return verified
                ? new DefaultClientTlsStrategy(context)
                : new DefaultClientTlsStrategy(context, NoopHostnameVerifier.INSTANCE);
    }
}
