/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/**
 * TLS, verified unless the origin was named insecure. Both ways are set up when first needed: loading the trusted certificates
 * is a good part of the start-up time, and plain http needs none.
 */
final class TlsByOrigin implements TlsSocketStrategy {
    private final @Nullable SSLContext sslContext;
    private final Predicate<Origin> unverified;
    private @Nullable TlsSocketStrategy strict;
    private @Nullable TlsSocketStrategy lenient;

    TlsByOrigin(TransportOptions options) {
        this.sslContext = options.sslContext();
        this.unverified = options.unverified();
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
            throws IOException {
        Origin origin = new Origin("https", target.toLowerCase(Locale.ROOT), port);
        return strategy(unverified.test(origin)).upgrade(socket, target, port, attachment, context);
    }

    private synchronized TlsSocketStrategy strategy(boolean insecure) throws IOException {
        if (insecure) {
            if (lenient == null) {
                lenient = new DefaultClientTlsStrategy(trustingAll(), NoopHostnameVerifier.INSTANCE);
            }
            return lenient;
        }
        if (strict == null) {
            strict = new DefaultClientTlsStrategy(sslContext == null ? SSLContexts.createDefault() : sslContext);
        }
        return strict;
    }

    private static SSLContext trustingAll() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException absent) {
            throw new IOException("this Java runtime has no TLS", absent);
        }
    }

    /** Takes any certificate; for hosts that the user named insecure. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
