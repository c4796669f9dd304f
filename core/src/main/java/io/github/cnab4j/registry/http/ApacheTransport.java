/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The base: one request, one answer, over pooled connections of Apache HttpClient, whose own cleverness is switched off. */
final class ApacheTransport implements HttpTransport {
    private static final URI PLACEHOLDER = URI.create("/");

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final TlsByOrigin tls;
    private final ProxyChoice proxies;
    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient client;
    private final RequestConfig defaults;
    private final Duration connectTimeout;
    private final Duration idleTimeout;
    private volatile boolean closed;

    ApacheTransport(TransportOptions options) {
        this.connectTimeout = options.connectTimeout();
        this.idleTimeout = options.idleTimeout();
        this.defaults = ApacheClient.requestConfig(options);
        this.tls = new TlsByOrigin(options);
        this.proxies = options.proxies();
        this.pool = ApacheClient.pool(options, tls);
        this.client = ApacheClient.create(options, defaults, pool);
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        scope.throwIfCancelled();
        Origin origin = call.url().origin();
        HttpProxy proxy = proxies.proxyFor(origin).orElse(null);
        if (call.publicOnly() && (proxy != null || AddressRule.isLiteral(origin.host()))) {
            // Of a name the connected socket tells; an address need not even be knocked at.
            judge(origin);
        }
        tls.prepare(origin);
        HttpUriRequestBase request = request(call, proxy);
        HttpClientContext context = HttpClientContext.create();
        // Of an awaited request either its start or the stop of the work comes first, and the other is too late.
        AtomicBoolean decided = new AtomicBoolean();
        ExchangeExecutor.prepare(
                context,
                call.url().target(),
                call.publicOnly(),
                () -> !call.awaited() || decided.compareAndSet(false, true),
                proxy);
        CallScope.Registration registration = scope.onCancel(() -> {
            if (!call.awaited() || decided.compareAndSet(false, true)) {
                request.cancel();
            }
        });
        try {
            ClassicHttpResponse response = client.executeOpen(ApacheClient.host(origin), request, context);
            HttpReply reply = reply(scope, call.url(), response, address(context, origin, proxy), () -> {
                registration.close();
                // Closing reads the rest of a body, however long it takes; what was read to its end is not concerned.
                request.cancel();
                response.close();
            });
            return proxy == null ? reply : letThrough(reply, proxy);
        } catch (ClientProtocolException | MessageConstraintException | UnsupportedOperationException notHttp) {
            registration.close();
            scope.throwIfCancelled();
            if (proxy != null && !origin.secure()) {
                // In a tunnel it is the registry that answers.
                throw ProxyException.unintelligible(proxy, notHttp);
            }
            throw asProtocolException(notHttp);
        } catch (RuntimeException failed) {
            registration.close();
            scope.throwIfCancelled();
            if (closed) {
                throw new ClosedClientException(failed);
            }
            throw failed;
        } catch (IOException failed) {
            registration.close();
            scope.throwIfCancelled();
            if (closed) {
                throw new ClosedClientException(failed);
            }
            IOException said = said(call, failed);
            if (proxy != null && unconnected(said)) {
                throw ProxyException.unreached(proxy, said);
            }
            throw said;
        }
    }

    /** The failure, with what it was waited for where it is one of patience. */
    private IOException said(HttpCall call, IOException failed) {
        if (failed instanceof ConnectTimeoutException) {
            return HostTimeoutException.connecting(connectTimeout, failed);
        }
        boolean patience = failed instanceof SocketTimeoutException && !(failed instanceof HostTimeoutException);
        return patience
                ? HostTimeoutException.silent(call.patience() == null ? idleTimeout : call.patience(), failed)
                : failed;
    }

    @Override
    public void warmUp(CallScope scope, Origin origin) {
        scope.throwIfCancelled();
        try {
            connect(scope, origin);
        } catch (CnabException | IOException notNow) {
            // The request that comes next will say what is wrong.
        }
    }

    /** Not through a proxy: a connection to one counts as open, though the tunnel behind it is not there yet. */
    @Override
    public void connect(CallScope scope, Origin origin) throws IOException {
        scope.throwIfCancelled();
        if (proxies.proxyFor(origin).isPresent()) {
            throw new IOException("the way to " + origin + " leads through a proxy");
        }
        tls.prepare(origin);
        try {
            ApacheClient.warmUp(pool, ApacheClient.host(origin));
        } catch (ExecutionException | TimeoutException | IllegalStateException failed) {
            throw new IOException("no connection to " + origin, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static void judge(Origin origin) throws RefusedHopException {
        Optional<InetAddress> address = AddressRule.lookUp(origin.host());
        if (address.filter(AddressRule::isInternal).isPresent()) {
            throw new RefusedHopException("a registry on the public network sent us to " + origin.host()
                    + ", which is at the internal address " + address.get().getHostAddress());
        }
    }

    private static Supplier<Optional<InetAddress>> address(
            HttpClientContext context, Origin origin, @Nullable HttpProxy proxy) {
        if (proxy != null) {
            return () -> AddressRule.lookUp(origin.host());
        }
        InetAddress connected = ExchangeExecutor.address(context);
        return () -> Optional.ofNullable(connected);
    }

    /** The answer, unless it is the proxy's own: that it wants other credentials. */
    private static HttpReply letThrough(HttpReply reply, HttpProxy proxy) throws ProxyException {
        if (reply.status() != PROXY_AUTHENTICATION_REQUIRED) {
            return reply;
        }
        try (reply) {
            throw ProxyException.refused(
                    proxy, reply.url().origin().authority(), reply.status(), RegistryWords.read(reply));
        }
    }

    /** Whether it is about the way to the first hop, which is the proxy. */
    private static boolean unconnected(IOException failed) {
        return failed instanceof ConnectException
                || (failed instanceof HostTimeoutException timeout && timeout.connecting())
                || failed instanceof NoRouteToHostException
                || failed instanceof UnknownHostException;
    }

    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
    }

    private HttpUriRequestBase request(HttpCall call, @Nullable HttpProxy proxy) {
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
        if (proxy != null && proxy.authorization() != null && !origin.secure()) {
            request.addHeader("Proxy-Authorization", proxy.authorization());
        }
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
            Supplier<Optional<InetAddress>> address,
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
