/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpDateGenerator;
import org.jspecify.annotations.Nullable;

/** Frames one response; head and a small body leave in one segment. */
final class ResponseWriter {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    /** No more is written at once; as much as the JDK hands to the system in one call. */
    private static final int PIECE = 128 * 1024;

    private final DefaultBHttpServerConnection wire;
    private final boolean headOnly;
    private final Deadline deadline;
    private final Consumer<AbortConnectionException> hangUp;

    /**
     * @param request what is answered; absent when it could not be read
     * @param deadline by when the client has to take what it is sent, piece by piece
     * @param hangUp ends the connection, when a body wants so in its midst
     */
    ResponseWriter(
            DefaultBHttpServerConnection wire,
            @Nullable ClassicHttpRequest request,
            Deadline deadline,
            Consumer<AbortConnectionException> hangUp) {
        this.wire = wire;
        this.deadline = deadline;
        this.hangUp = hangUp;
        this.headOnly = request != null && Method.HEAD.isSame(request.getMethod());
    }

    static void sendContinue(DefaultBHttpServerConnection wire) throws IOException {
        try {
            wire.sendResponseHeader(new BasicClassicHttpResponse(100));
        } catch (HttpException e) {
            throw new IOException(e);
        }
        wire.flush();
    }

    /** Returns whether the response was sent as declared, so that the client knows where it ended. */
    boolean write(Response response, boolean keep) throws IOException, HttpException {
        ClassicHttpResponse head = new BasicClassicHttpResponse(response.status());
        head.addHeader(HttpHeaders.DATE, HttpDateGenerator.INSTANCE.getCurrentDate());
        for (Headers.Field field : response.headers()) {
            head.addHeader(field.name(), field.value());
        }
        if (!keep) {
            head.setHeader(HttpHeaders.CONNECTION, "close");
        }
        boolean bodiless = response.status() == NO_CONTENT || response.status() == NOT_MODIFIED;
        if (!bodiless) {
            frame(head, response.body());
        }
        deadline.start();
        wire.sendResponseHeader(head);
        deadline.clear();
        boolean whole = bodiless || headOnly || writeBody(head, response.body());
        deadline.start();
        wire.flush();
        deadline.clear();
        return whole;
    }

    private static void frame(ClassicHttpResponse head, Body body) {
        if (head.containsHeader(HttpHeaders.CONTENT_LENGTH) || head.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return;
        }
        if (body.length() >= 0) {
            head.addHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.length()));
        } else {
            head.addHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
        }
    }

    private boolean writeBody(ClassicHttpResponse head, Body body) throws IOException, HttpException {
        Counter counter = new Counter();
        head.setEntity(new EntityTemplate(body.length(), null, null, out -> writeOrHangUp(body, counter.over(out))));
        wire.sendResponseEntity(head);
        Header declared = head.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
        return declared == null || declared.getValue().equals(Long.toString(counter.count));
    }

    /** Hangs up before the stream is closed, because closing a chunked one would make a cut body look whole. */
    private void writeOrHangUp(Body body, OutputStream out) throws IOException {
        try {
            body.writeTo(out);
        } catch (AbortConnectionException e) {
            out.flush();
            hangUp.accept(e);
            throw e;
        }
    }

    /** Counts what is written, and has a piece of it on the wire before the deadline. */
    private final class Counter {
        private long count;

        OutputStream over(OutputStream out) {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] buffer, int offset, int length) throws IOException {
                    for (int done = 0; done < length; done += PIECE) {
                        int n = Math.min(PIECE, length - done);
                        deadline.start();
                        out.write(buffer, offset + done, n);
                        deadline.clear();
                        count += n;
                    }
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            };
        }
    }
}
