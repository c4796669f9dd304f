/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** How Apache HttpClient is set up: a pool and plain exchanges; no retries, redirects, cookies, authentication, decompression. */
final class ApacheClient {
    // Connections that were idle for longer are looked at before they are used: servers close theirs without a word.
    private static final TimeValue LOOKED_AT_AFTER = TimeValue.ofMilliseconds(500);
    private static final TimeValue KEPT = TimeValue.ofSeconds(50);
    // Waiting for a free connection is the normal state under load, not a failure; but no limit means no waiting to
    // this library.
    private static final Timeout TURN = Timeout.ofDays(1);
    private static final int LONGEST_LINE = 32 * 1024;
    private static final int MOST_HEADERS = 200;

    private ApacheClient() {}

    static CloseableHttpClient create(
            TransportOptions options, RequestConfig requestConfig, PoolingHttpClientConnectionManager pool) {
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(requestConfig)
                .setRequestExecutor(new ExchangeExecutor(options.idleTimeout()))
                .setRoutePlanner((host, context) -> route(host, ExchangeExecutor.proxy(context)))
                .setKeepAliveStrategy((response, context) -> KEPT)
                .setUserAgent(options.userAgent())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    /** Through a proxy, what is encrypted goes by a tunnel: the proxy sees the name of the host, and nothing else. */
    private static HttpRoute route(HttpHost host, @Nullable HttpProxy proxy) {
        boolean secure = "https".equals(host.getSchemeName());
        if (proxy == null) {
            return new HttpRoute(host, null, secure);
        }
        return new HttpRoute(
                host,
                null,
                host(proxy.origin()),
                secure,
                secure ? RouteInfo.TunnelType.TUNNELLED : RouteInfo.TunnelType.PLAIN,
                secure ? RouteInfo.LayerType.LAYERED : RouteInfo.LayerType.PLAIN);
    }

    static HttpHost host(Origin origin) {
        return new HttpHost(origin.scheme(), origin.host(), origin.port());
    }

    /** Opens a connection and leaves it to the next request. */
    static void warmUp(PoolingHttpClientConnectionManager pool, HttpHost host)
            throws InterruptedException, ExecutionException, TimeoutException, IOException {
        ConnectionEndpoint endpoint =
                pool.lease("warm-up", route(host, null), null).get(TURN);
        boolean open = false;
        try {
            if (!endpoint.isConnected()) {
                pool.connect(endpoint, null, HttpClientContext.create());
            }
            open = true;
        } finally {
            if (!open) {
                // Else the next one to lease it would take a socket on which TLS has failed for a connection.
                endpoint.close();
            }
            pool.release(endpoint, null, open ? KEPT : TimeValue.ZERO_MILLISECONDS);
        }
    }

    static RequestConfig requestConfig(TransportOptions options) {
        return RequestConfig.custom()
                .setResponseTimeout(Timeout.of(options.idleTimeout()))
                .setConnectionRequestTimeout(TURN)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .setRedirectsEnabled(false)
                .build();
    }

    static PoolingHttpClientConnectionManager pool(TransportOptions options, TlsByOrigin tls) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(options.connectionsPerHost())
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setTlsSocketStrategy(tls)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .setSoTimeout(Timeout.of(options.idleTimeout()))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(options.connectTimeout()))
                        .setSocketTimeout(Timeout.of(options.idleTimeout()))
                        .setValidateAfterInactivity(LOOKED_AT_AFTER)
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .responseParserFactory(AttentiveParser::new)
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        // Header bytes come and go as they are: a Location is sent back byte for byte.
                        .charCodingConfig(CharCodingConfig.custom()
                                .setCharset(StandardCharsets.ISO_8859_1)
                                .setMalformedInputAction(CodingErrorAction.REPLACE)
                                .setUnmappableInputAction(CodingErrorAction.REPLACE)
                                .build())
                        .build())
                .build();
    }
}
