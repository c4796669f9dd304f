/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one engine, each on a connection of its own: there are few, and an engine on the same machine is connected to in no
 * time. What Apache HttpClient would do of its own accord is switched off. Safe for use by several threads.
 */
final class EngineHttp implements AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final int MOST_AT_A_TIME = 64;
    private static final int LONGEST_LINE = 32 * 1024;
    private static final int MOST_HEADERS = 200;
    /** What the Host field says where there is no host; Docker's own client has such a name there, too. */
    private static final String NO_HOST = "docker.localhost";

    private final HttpHost host;
    private final CloseableHttpClient client;

    /** @param tls trust and keys; null: no TLS */
    EngineHttp(EngineEndpoint endpoint, @Nullable SSLContext tls) {
        this.host = endpoint.host() instanceof EngineHost.Tcp tcp
                ? new HttpHost(tls == null ? "http" : "https", tcp.host(), tcp.port())
                : new HttpHost("http", NO_HOST, 80);
        boolean verified = endpoint.tls() == null || endpoint.tls().verified();
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        sockets(endpoint.host()), null, names(endpoint.host()), tls(tls, verified)),
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build());
        connections.setMaxTotal(MOST_AT_A_TIME);
        connections.setDefaultMaxPerRoute(MOST_AT_A_TIME);
        connections.setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(CONNECT).build());
        this.client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setRoutePlanner(
                        (target, context) -> new HttpRoute(target, null, "https".equals(target.getSchemeName())))
                .setUserAgent("cnab4j")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    private static DetachedSocketFactory sockets(EngineHost host) {
        return proxy -> host instanceof EngineHost.Unix unix ? new UnixSocket(unix.socket()) : new Socket();
    }

    private static DnsResolver names(EngineHost host) {
        if (host instanceof EngineHost.Tcp) {
            return SystemDefaultDnsResolver.INSTANCE;
        }
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String name) throws UnknownHostException {
                return new InetAddress[] {InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1})};
            }

            @Override
            public String resolveCanonicalHostname(String name) {
                return name;
            }
        };
    }

    private static Lookup<TlsSocketStrategy> tls(@Nullable SSLContext context, boolean verified) {
        TlsSocketStrategy strategy = context == null
                ? null
                : verified
                        ? new DefaultClientTlsStrategy(context)
                        : new DefaultClientTlsStrategy(context, NoopHostnameVerifier.INSTANCE);
        return scheme -> "https".equals(scheme) ? strategy : null;
    }

    /**
     * Sends a request without a body.
     *
     * @param target path and query
     * @param patience how long the engine may be silent
     */
    EngineReply execute(CallScope scope, String method, String target, Map<String, String> headers, Duration patience)
            throws IOException {
        scope.throwIfCancelled();
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(target));
        request.setScheme(host.getSchemeName());
        request.setAuthority(new URIAuthority(host.getHostName(), host.getPort()));
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.of(patience))
                .setConnectionRequestTimeout(Timeout.ofDays(1))
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .setRedirectsEnabled(false)
                .build());
        headers.forEach(request::addHeader);
        if (method.equals("POST")) {
            request.setEntity(new ByteArrayEntity(new byte[0], null));
        }
        CallScope.Registration registration = scope.onCancel(request::cancel);
        boolean answered = false;
        try {
            ClassicHttpResponse response = client.executeOpen(host, request, HttpClientContext.create());
            EngineReply reply = reply(scope, request, response, registration);
            answered = true;
            return reply;
        } catch (ClientProtocolException | UnsupportedOperationException notHttp) {
            scope.throwIfCancelled();
            throw notHttp(notHttp);
        } catch (IOException | RuntimeException failed) {
            scope.throwIfCancelled();
            throw failed;
        } finally {
            if (!answered) {
                registration.close();
            }
        }
    }

    private static EngineReply reply(
            CallScope scope,
            HttpUriRequestBase request,
            ClassicHttpResponse response,
            CallScope.Registration registration)
            throws IOException {
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        Header version = response.getFirstHeader("Api-Version");
        return new EngineReply(
                response.getCode(),
                version == null ? "" : String.valueOf(version.getValue()),
                new EngineReply.Body(scope, body, () -> end(request, response, registration)));
    }

    private static void end(
            HttpUriRequestBase request, ClassicHttpResponse response, CallScope.Registration registration) {
        registration.close();
        // Closing reads the rest of a body, however long it takes; what was read to its end is not concerned.
        request.cancel();
        try {
            response.close();
        } catch (IOException ended) {
            // The exchange is over, which is what was wanted.
        }
    }

    private static IOException notHttp(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        ProtocolException exception = new ProtocolException("the answer is not HTTP: " + cause.getMessage());
        exception.initCause(failure);
        return exception;
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
