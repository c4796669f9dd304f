/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Finds out that a place which is spoken to in plain http expects TLS. As long as it has not answered anything, an answer that says so,
 * or none, makes it worth asking, once; a place that does speak plain http costs no request more. It is below the retries: what is not
 * understood is not understood the next time either.
 */
public final class PlainTransport implements HttpTransport {
    private static final int BAD_REQUEST = 400;
    /** What servers say on the port of their TLS: Go's, nginx and Apache; Tomcat. */
    private static final List<String> WORDS = List.of("https", "requires tls");

    private static final int LARGEST = 16 * 1024;

    private final HttpTransport next;
    private final Origin plain;
    private final Origin encrypted;
    private volatile boolean understood;

    /**
     * Decorates another transport.
     *
     * @param plain the place
     * @param encrypted the same over TLS
     */
    public PlainTransport(HttpTransport next, Origin plain, Origin encrypted) {
        this.next = next;
        this.plain = plain;
        this.encrypted = encrypted;
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        if (understood || !call.url().origin().equals(plain)) {
            return next.execute(scope, call);
        }
        HttpReply reply;
        try {
            reply = next.execute(scope, call);
        } catch (IOException failed) {
            if (mayExpectTls(failed) && answersTls(scope)) {
                throw new ExpectsTlsException(plain);
            }
            throw failed;
        }
        if (reply.status() != BAD_REQUEST) {
            understood = true;
            return reply;
        }
        HttpReply kept = reply.withBody(new BufferedInputStream(reply.body(), LARGEST));
        if (mayExpectTls(call, kept) && answersTls(scope)) {
            kept.close();
            throw new ExpectsTlsException(plain);
        }
        return kept;
    }

    @Override
    public void connect(CallScope scope, Origin origin) throws IOException {
        next.connect(scope, origin);
    }

    @Override
    public void warmUp(CallScope scope, Origin origin) {
        next.warmUp(scope, origin);
    }

    @Override
    public void close() {
        next.close();
    }

    private static boolean mayExpectTls(IOException failed) {
        return !(failed instanceof ConnectException
                || failed instanceof NoRouteToHostException
                || failed instanceof SocketTimeoutException
                || failed instanceof ClosedClientException
                || failed instanceof RefusedHopException
                || failed instanceof ProxyException);
    }

    private static boolean mayExpectTls(HttpCall call, HttpReply reply) throws IOException {
        if (call.method().equals("HEAD")) {
            // Without a body there is but the word that every registry's answer has.
            return reply.headers().first("Docker-Distribution-Api-Version").isEmpty();
        }
        InputStream body = reply.body();
        body.mark(LARGEST);
        String text =
                new String(BoundedBody.beginning(body, LARGEST), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        body.reset();
        return WORDS.stream().anyMatch(text::contains);
    }

    /** Whether there is TLS, with whatever certificate. The connection is left to the request that follows. */
    private boolean answersTls(CallScope scope) {
        try {
            next.connect(scope, encrypted);
            return true;
        } catch (SSLException failed) {
            if (TlsFailure.of(failed).notTls()) {
                understood = true;
            }
            return TlsFailure.of(failed).isFromTls();
        } catch (IOException none) {
            return false;
        }
    }
}
