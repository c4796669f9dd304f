/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on a connected socket. Five things differ from the library's own: an exchange that comes to a standstill is broken
 * off; the address is judged before the first byte goes out; the request gets its path and query here, since what comes before
 * would take each apart for authentication that is switched off; an answer that comes while the body is still being sent (a
 * refusal, after which the server hangs up) is read instead of being lost in a broken pipe; and a proxy that is asked for a tunnel
 * gets its credentials with the first request, and is heard where it refuses.
 */
final class ExchangeExecutor extends HttpRequestExecutor {
    private static final String TARGET = "cnab4j.target";
    private static final String PUBLIC_ONLY = "cnab4j.public-only";
    private static final String START = "cnab4j.start";
    private static final String ADDRESS = "cnab4j.address";
    private static final String PROXY = "cnab4j.proxy";
    private static final String CONNECT = "CONNECT";
    private static final int REDIRECT = 300;
    /** More informational answers in a row are no conversation. */
    private static final int MOST_INFORMATIONAL = 16;

    private final Duration idleTimeout;

    /** @param idleTimeout how long an exchange may make no progress before there is an answer */
    ExchangeExecutor(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    /**
     * Prepares the exchange of a context.
     *
     * @param target path and query, as they go out
     * @param publicOnly whether it may connect to public addresses only
     * @param start asked before the first byte goes out; if it says no, none does
     * @param proxy the proxy that it goes through, if any
     */
    static void prepare(
            HttpContext context, String target, boolean publicOnly, BooleanSupplier start, @Nullable HttpProxy proxy) {
        context.setAttribute(TARGET, target);
        context.setAttribute(PUBLIC_ONLY, publicOnly);
        context.setAttribute(START, start);
        if (proxy != null) {
            context.setAttribute(PROXY, proxy);
        }
    }

    /** The proxy that the exchange of this context goes through. */
    static @Nullable HttpProxy proxy(@Nullable HttpContext context) {
        return context == null ? null : (HttpProxy) context.getAttribute(PROXY);
    }

    /** The address that the exchange of this context was connected to. */
    static @Nullable InetAddress address(HttpContext context) {
        return (InetAddress) context.getAttribute(ADDRESS);
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            @Nullable HttpResponseInformationCallback informationCallback,
            HttpContext context)
            throws IOException, HttpException {
        EndpointDetails endpoint = connection.getEndpointDetails();
        try (StallWatch watch = StallWatch.start(
                idleTimeout, endpoint::getSentBytesCount, () -> connection.close(CloseMode.IMMEDIATE))) {
            try {
                if (request.getMethod().equals(CONNECT)) {
                    return openTunnel(request, connection, context);
                }
                judge(connection, context);
                if (context.getAttribute(START) instanceof BooleanSupplier start && !start.getAsBoolean()) {
                    throw new IOException("stopped before it was sent");
                }
                request.setPath((String) context.getAttribute(TARGET));
                connection.sendRequestHeader(request);
                IOException broken = sendBody(request, connection);
                return receive(request, connection, broken);
            } catch (HttpException | IOException | RuntimeException failed) {
                connection.close(CloseMode.IMMEDIATE);
                HttpProxy proxy = proxy(context);
                if (proxy != null && request.getMethod().equals(CONNECT)) {
                    throw noWay(proxy, request.getRequestUri(), failed, watch.stalled());
                }
                if (watch.stalled()) {
                    throw HostTimeoutException.silent(idleTimeout, failed);
                }
                throw failed;
            }
        }
    }

    private ProxyException noWay(HttpProxy proxy, String destination, Exception failed, boolean stalled) {
        if (failed instanceof ProxyException said) {
            return said;
        }
        boolean silent = stalled || failed instanceof SocketTimeoutException;
        return ProxyException.noWay(
                proxy, destination, silent ? HostTimeoutException.silent(idleTimeout, failed) : failed);
    }

    private static ClassicHttpResponse openTunnel(
            ClassicHttpRequest request, HttpClientConnection connection, HttpContext context)
            throws IOException, HttpException {
        HttpProxy proxy = proxy(context);
        if (proxy != null && proxy.authorization() != null) {
            request.setHeader("Proxy-Authorization", proxy.authorization());
        }
        connection.sendRequestHeader(request);
        connection.flush();
        ClassicHttpResponse response = receive(request, connection, null);
        if (proxy != null && response.getCode() >= REDIRECT) {
            HttpEntity body = response.getEntity();
            byte[] beginning =
                    body == null ? new byte[0] : BoundedBody.beginning(body.getContent(), RegistryWords.LARGEST_BODY);
            connection.close(CloseMode.IMMEDIATE);
            throw ProxyException.refused(
                    proxy, request.getRequestUri(), response.getCode(), RegistryWords.read(beginning));
        }
        return response;
    }

    /** Behind a proxy the connection says nothing about the place at its other end. */
    private static void judge(HttpClientConnection connection, HttpContext context) throws RefusedHopException {
        if (proxy(context) != null) {
            return;
        }
        if (connection.getRemoteAddress() instanceof InetSocketAddress socket && socket.getAddress() != null) {
            context.setAttribute(ADDRESS, socket.getAddress());
            if (Boolean.TRUE.equals(context.getAttribute(PUBLIC_ONLY)) && AddressRule.isInternal(socket.getAddress())) {
                throw new RefusedHopException("a registry on the public network sent us to the internal address "
                        + socket.getAddress().getHostAddress());
            }
        }
    }

    /** Sends the body; gives the failure of the connection instead of throwing it, since an answer may lie behind it. */
    private static @Nullable IOException sendBody(ClassicHttpRequest request, HttpClientConnection connection)
            throws IOException, HttpException {
        try {
            if (request.getEntity() != null) {
                connection.sendRequestEntity(request);
            }
            connection.flush();
            return null;
        } catch (IOException broken) {
            return broken;
        }
    }

    private static ClassicHttpResponse receive(
            ClassicHttpRequest request, HttpClientConnection connection, @Nullable IOException broken)
            throws IOException, HttpException {
        try {
            for (int i = 0; i < MOST_INFORMATIONAL; i++) {
                ClassicHttpResponse response = connection.receiveResponseHeader();
                if (response.getCode() >= HttpStatus.SC_SUCCESS) {
                    boolean mayHaveBody = MessageSupport.canResponseHaveBody(request.getMethod(), response);
                    if (mayHaveBody) {
                        connection.receiveResponseEntity(response);
                    }
                    AttentiveParser.takeNote(response, mayHaveBody);
                    if (broken != null) {
                        response.setHeader("Connection", "close");
                    }
                    return response;
                }
            }
            throw new HttpException("more than " + MOST_INFORMATIONAL + " informational answers");
        } catch (SSLException reason) {
            // Who hangs up on an exchange over TLS says why, if anything is said.
            if (broken != null) {
                reason.addSuppressed(broken);
            }
            throw reason;
        } catch (IOException | HttpException unanswered) {
            if (broken != null) {
                broken.addSuppressed(unanswered);
                throw broken;
            }
            throw unanswered;
        }
    }
}
