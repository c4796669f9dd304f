/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.log;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.Endpoint;
import io.github.cnab4j.server.protocol.Route;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A line of the log that is still being written. */
final class LogEntry {
    private final Request request;
    private final Kind kind;
    private final Route route;
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable whenEnded;
    private volatile int status = LoggedRequest.NONE;

    LogEntry(Request request, Runnable whenEnded) {
        // The log may outlive many connections, whose buffers a body would keep.
        this.request = request.withBody(InputStream.nullInputStream());
        this.kind = Kind.of(request);
        this.route = Route.parse(request.path()).orElse(new Route(Endpoint.PING, "", ""));
        this.whenEnded = whenEnded;
    }

    LoggedRequest snapshot() {
        return new LoggedRequest(
                request.method(),
                kind,
                route.repository(),
                route.reference(),
                request.path(),
                request.rawQuery(),
                request.headers(),
                status,
                bytesIn.get(),
                bytesOut.get());
    }

    /** The exchange is over, as far as a client can tell. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            whenEnded.run();
        }
    }

    Request watch(Request original) {
        return original.withBody(new CountingInput(original.body()));
    }

    Response watch(Response response) {
        status = response.status();
        Body body = response.body();
        if (body.length() == 0 || request.method().equals("HEAD")) {
            end();
            return response;
        }
        return response.withBody(new CountingBody(body));
    }

    private final class CountingInput extends FilterInputStream {
        CountingInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            bytesIn.addAndGet(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            bytesIn.addAndGet(Math.max(n, 0));
            return n;
        }
    }

    private final class CountingBody implements Body {
        private final Body body;

        CountingBody(Body body) {
            this.body = body;
        }

        @Override
        public long length() {
            return body.length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try {
                body.writeTo(new CountingOutput(out, body.length()));
            } finally {
                end();
            }
        }
    }

    /** Counts before it writes: when a client has a byte, that byte has been counted. */
    private final class CountingOutput extends OutputStream {
        private final OutputStream out;
        private final long expected;

        CountingOutput(OutputStream out, long expected) {
            this.out = out;
            this.expected = expected;
        }

        @Override
        public void write(int b) throws IOException {
            count(1);
            out.write(b);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            count(length);
            out.write(buffer, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        private void count(int n) {
            if (bytesOut.addAndGet(n) >= expected && expected >= 0) {
                end();
            }
        }
    }
}
