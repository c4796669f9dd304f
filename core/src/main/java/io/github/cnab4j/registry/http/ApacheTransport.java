/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The base: one request, one answer, over pooled connections of Apache HttpClient, whose own cleverness is switched off. */
final class ApacheTransport implements HttpTransport {
    private static final URI PLACEHOLDER = URI.create("/");

    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient client;
    private final RequestConfig defaults;
    private final Duration idleTimeout;
    private volatile boolean closed;

    ApacheTransport(TransportOptions options) {
        this.idleTimeout = options.idleTimeout();
        this.defaults = ApacheClient.requestConfig(options);
        this.pool = ApacheClient.pool(options);
        this.client = ApacheClient.create(options, defaults, pool);
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        scope.throwIfCancelled();
        HttpUriRequestBase request = request(call);
        HttpClientContext context = HttpClientContext.create();
        // Of an awaited request either its start or the stop of the work comes first, and the other is too late.
        AtomicBoolean decided = new AtomicBoolean();
        ExchangeExecutor.prepare(
                context,
                call.url().target(),
                call.publicOnly(),
                () -> !call.awaited() || decided.compareAndSet(false, true));
        Origin origin = call.url().origin();
        CallScope.Registration registration = scope.onCancel(() -> {
            if (!call.awaited() || decided.compareAndSet(false, true)) {
                request.cancel();
            }
        });
        try {
            ClassicHttpResponse response = client.executeOpen(host(origin), request, context);
            return reply(scope, call.url(), response, ExchangeExecutor.address(context), () -> {
                registration.close();
                // Closing reads the rest of a body, however long it takes; what was read to its end is not concerned.
                request.cancel();
                response.close();
            });
        } catch (ClientProtocolException | UnsupportedOperationException notHttp) {
            registration.close();
            scope.throwIfCancelled();
            throw asProtocolException(notHttp);
        } catch (IOException | RuntimeException failed) {
            registration.close();
            scope.throwIfCancelled();
            if (closed) {
                throw new ClosedClientException(failed);
            }
            throw failed;
        }
    }

    @Override
    public void warmUp(CallScope scope, Origin origin) {
        scope.throwIfCancelled();
        try {
            ApacheClient.warmUp(pool, host(origin));
        } catch (IOException | ExecutionException | TimeoutException | IllegalStateException notNow) {
            // The request that comes next will say what is wrong.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpHost host(Origin origin) {
        return new HttpHost(origin.scheme(), origin.host(), origin.port());
    }

    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
    }

    private HttpUriRequestBase request(HttpCall call) {
        Origin origin = call.url().origin();
        // Scheme, authority and path are set apart: a URI object would refuse or change what a registry signed.
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), PLACEHOLDER);
        request.setScheme(origin.scheme());
        request.setAuthority(new URIAuthority(origin.host(), explicitPort(origin)));
        call.headers().forEach(request::addHeader);
        if (!request.containsHeader("Accept")) {
            request.addHeader("Accept", "*/*");
        }
        request.addHeader("Accept-Encoding", "identity");
        if (call.body() != null) {
            request.setEntity(new StreamedEntity(call.body()));
        } else if (call.method().equals("POST")
                || call.method().equals("PUT")
                || call.method().equals("PATCH")) {
            request.setEntity(new StreamedEntity(HttpBody.ofBytes(new byte[0])));
        }
        if (call.patience() != null) {
            request.setConfig(RequestConfig.copy(defaults)
                    .setResponseTimeout(Timeout.of(call.patience()))
                    .build());
        }
        return request;
    }

    /** The port as the Host field shows it: not at all where it is the scheme's own. */
    private static int explicitPort(Origin origin) {
        return origin.port() == HttpUrl.defaultPort(origin.scheme()) ? -1 : origin.port();
    }

    private HttpReply reply(
            CallScope scope,
            HttpUrl url,
            ClassicHttpResponse response,
            @Nullable InetAddress address,
            HttpReply.Release release)
            throws IOException {
        Headers.Builder headers = new Headers.Builder();
        for (Header header : response.getHeaders()) {
            headers.add(header.getName(), header.getValue() == null ? "" : header.getValue());
        }
        HttpEntity entity = response.getEntity();
        InputStream raw = entity == null ? InputStream.nullInputStream() : entity.getContent();
        return new HttpReply(
                url,
                response.getCode(),
                headers.build(),
                new ScopedStream(new PatientStream(raw, idleTimeout), scope),
                address,
                release,
                null);
    }

    private static ProtocolException asProtocolException(Exception notHttp) {
        Throwable cause = notHttp.getCause() == null ? notHttp : notHttp.getCause();
        ProtocolException exception = new ProtocolException("the answer is not HTTP: " + cause.getMessage());
        exception.initCause(notHttp);
        return exception;
    }
}
