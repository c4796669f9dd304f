/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** One connection: reads requests, has them answered, and ends the connection the way each exchange asks for. */
final class HttpConnection {
    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
    private static final int BUFFER_SIZE = 16 * 1024;
    /** A rest of a body up to this many bytes is read and thrown away to keep the connection. */
    private static final long DRAIN_LIMIT = 256 * 1024;
    /** So much is read after the last response, so that the client sees it before a reset. */
    private static final long LINGER_LIMIT = 8L * 1024 * 1024;

    /** How long the client may be silent meanwhile, and how long it may take in all. */
    private static final int LINGER_MILLIS = 2_000;

    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String scheme;
    private final Socket socket;
    private final ListenerOptions options;
    private final Handler handler;
    private final BooleanSupplier closing;
    private final DefaultBHttpServerConnection wire;
    private final Deadline deadline;
    private Socket transport;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile long idleSince = System.nanoTime();

    private enum State {
        IDLE,
        BUSY,
        CLOSED
    }

    HttpConnection(Socket socket, ListenerOptions options, Handler handler, BooleanSupplier closing) {
        this.socket = socket;
        this.transport = socket;
        this.options = options;
        this.handler = handler;
        this.closing = closing;
        this.deadline = new Deadline(options.idleTimeout().multipliedBy(2));
        Http1Config limits = Http1Config.custom()
                .setBufferSize(BUFFER_SIZE)
                .setMaxHeaderCount(options.maxHeaderCount())
                .setMaxLineLength(options.maxLineLength())
                .build();
        this.scheme = options.tls() == null ? "http" : "https";
        this.wire = new DefaultBHttpServerConnection(scheme, limits);
    }

    /** Serves until either side ends the connection; never throws. */
    void serve() {
        try {
            open();
            boolean more = true;
            while (more && !closing.getAsBoolean()) {
                more = serveOne() && becomeIdle();
            }
            wire.close(CloseMode.GRACEFUL);
        } catch (AbortConnectionException e) {
            hangUp(e);
        } catch (SocketTimeoutException e) {
            wire.close(CloseMode.GRACEFUL);
        } catch (IOException | HttpException e) {
            LOG.log(System.Logger.Level.DEBUG, "connection ended", e);
        } finally {
            state.set(State.CLOSED);
            abort();
        }
    }

    private boolean becomeIdle() {
        idleSince = System.nanoTime();
        return state.compareAndSet(State.BUSY, State.IDLE);
    }

    private void open() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(options.idleTimeout().toMillis()));
        SSLContext tls = options.tls();
        if (tls == null) {
            wire.bind(socket);
        } else {
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secured.setNeedClientAuth(options.clientCertificates());
            transport = secured;
            wire.bind(secured, socket);
        }
    }

    /** Returns whether the connection can take another request. */
    private boolean serveOne() throws IOException, HttpException {
        ClassicHttpRequest head;
        RequestBody body;
        try {
            deadline.start();
            head = wire.receiveRequestHeader();
            deadline.clear();
            if (head == null || !state.compareAndSet(State.IDLE, State.BUSY)) {
                return false;
            }
            body = receiveBody(head);
        } catch (RequestHeaderFieldsTooLargeException e) {
            return refuse(431);
        } catch (UnsupportedHttpVersionException e) {
            return refuse(505);
        } catch (HttpException e) {
            return refuse(400);
        }
        ResponseWriter writer = new ResponseWriter(wire, head, deadline, this::hangUp);
        Response response = answer(head, body);
        boolean keep = mayKeep(head, response) && body.canBeDrained(DRAIN_LIMIT);
        boolean whole = writer.write(response, keep);
        if (keep && whole) {
            body.drain();
            return true;
        }
        linger();
        return false;
    }

    private RequestBody receiveBody(ClassicHttpRequest head) throws HttpException, IOException {
        boolean chunked = head.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        if (head.countHeaders(HttpHeaders.CONTENT_LENGTH) > (chunked ? 0 : 1)) {
            throw new ProtocolException("ambiguous length of the body");
        }
        wire.receiveRequestEntity(head);
        HttpEntity entity = head.getEntity();
        if (entity == null) {
            return new RequestBody(InputStream.nullInputStream(), 0, null);
        }
        Header expect = head.getFirstHeader(HttpHeaders.EXPECT);
        boolean expectsContinue = expect != null && "100-continue".equalsIgnoreCase(expect.getValue());
        RequestBody.@Nullable BeforeFirstRead before = expectsContinue ? () -> ResponseWriter.sendContinue(wire) : null;
        return new RequestBody(entity.getContent(), entity.getContentLength(), before);
    }

    private Response answer(ClassicHttpRequest head, RequestBody body) throws IOException {
        SocketAddress client = socket.getRemoteSocketAddress();
        List<Headers.Field> fields = new ArrayList<>();
        for (Header header : head.getHeaders()) {
            fields.add(new Headers.Field(header.getName(), header.getValue() == null ? "" : header.getValue()));
        }
        Request request = new Request(
                scheme,
                head.getMethod(),
                head.getRequestUri(),
                Headers.of(fields),
                body,
                body.declaredLength(),
                client);
        try {
            return handler.handle(request);
        } catch (AbortConnectionException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (body.failed()) {
                throw new IOException("the client broke off", e);
            }
            System.Logger.Level level = closing.getAsBoolean() ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
            LOG.log(level, "failed to answer " + request, e);
            return Response.of(500).with(HttpHeaders.CONNECTION, "close");
        }
    }

    private boolean mayKeep(ClassicHttpRequest head, Response response) {
        return !closing.getAsBoolean()
                && (head.getVersion() == null || head.getVersion().greaterEquals(HttpVersion.HTTP_1_1))
                && !asksToClose(head)
                && !"close"
                        .equalsIgnoreCase(
                                response.headers().first(HttpHeaders.CONNECTION).orElse(""));
    }

    private static boolean asksToClose(ClassicHttpRequest head) {
        for (Header header : head.getHeaders(HttpHeaders.CONNECTION)) {
            for (String token : header.getValue().split(",")) {
                if (token.trim().equalsIgnoreCase("close")) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean refuse(int status) throws IOException, HttpException {
        new ResponseWriter(wire, null, deadline, this::hangUp).write(Response.of(status), false);
        linger();
        return false;
    }

    /** Ends our half and waits until the client has read it: an outright close would reset what it has not read. */
    private void linger() throws IOException {
        wire.flush();
        if (socket.isClosed()) {
            return;
        }
        socket.shutdownOutput();
        socket.setSoTimeout(LINGER_MILLIS);
        byte[] sink = new byte[BUFFER_SIZE];
        InputStream in = socket.getInputStream();
        long left = LINGER_LIMIT;
        long start = System.nanoTime();
        try {
            for (int n = in.read(sink); n >= 0 && left > 0; n = in.read(sink)) {
                left = System.nanoTime() - start < LINGER_NANOS ? left - n : 0;
            }
        } catch (SocketTimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "the client keeps a connection open that was ended");
        }
    }

    private void hangUp(AbortConnectionException request) {
        try {
            wire.flush();
            if (request.lastWords().length > 0) {
                transport.getOutputStream().write(request.lastWords());
            }
            if (request.how() == AbortConnectionException.How.CLOSE) {
                linger();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "connection ended before it could be broken", e);
        }
        abort();
    }

    /** Closes the connection when no request is being served on it. */
    void closeIfIdle() {
        if (state.compareAndSet(State.IDLE, State.CLOSED)) {
            wire.close(CloseMode.GRACEFUL);
            closeSocket();
        }
    }

    /** Whether no whole head of a request has come since the last response. */
    boolean isIdle() {
        return state.get() == State.IDLE;
    }

    /** Since when, on the clock of {@link System#nanoTime}. */
    long idleSince() {
        return idleSince;
    }

    /** Closes the connection at once when no request is being served on it; returns whether it was so. */
    boolean dropIfIdle() {
        boolean idle = state.compareAndSet(State.IDLE, State.CLOSED);
        if (idle) {
            closeSocket();
        }
        return idle;
    }

    /** Breaks the connection when its client has not got on in time. */
    void abortIfLate() {
        if (deadline.passed()) {
            LOG.log(System.Logger.Level.DEBUG, "the client is too slow");
            abort();
        }
    }

    /** Breaks the connection with a reset; without effect when it has ended. */
    void abort() {
        wire.close(CloseMode.IMMEDIATE);
        closeSocket();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a connection", e);
        }
    }
}
