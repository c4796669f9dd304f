/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.watch;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Sees each request and its answer go by, and tells of it once the answer has been sent. Thread-safe. */
public final class Watch implements Interceptor {
    private final List<Consumer<Exchange>> observers;

    private Watch(List<Consumer<Exchange>> observers) {
        this.observers = List.copyOf(observers);
    }

    /** Counts for these numbers. */
    public static Watch counting(Metrics metrics) {
        return new Watch(List.of(metrics::count));
    }

    /** Counts for these numbers and writes into this log. */
    public static Watch counting(Metrics metrics, AccessLog log) {
        return new Watch(List.of(metrics::count, log::write));
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        long start = System.nanoTime();
        CountedInput body = new CountedInput(request.body());
        Response response;
        boolean answered = false;
        try {
            response = next.handle(request.withBody(body));
            answered = true;
        } finally {
            if (!answered) {
                tell(request, body.count, 0, 0, false, start);
            }
        }
        if (request.method().equals("HEAD") || response.body().length() == 0) {
            tell(request, body.count, response.status(), 0, true, start);
            return response;
        }
        return response.withBody(watched(request, body, response, start));
    }

    private Body watched(Request request, CountedInput received, Response response, long start) {
        return new Body() {
            @Override
            public long length() {
                return response.body().length();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                CountedOutput counted = new CountedOutput(out);
                boolean whole = false;
                try {
                    response.body().writeTo(counted);
                    whole = true;
                } finally {
                    tell(request, received.count, response.status(), counted.count, whole, start);
                }
            }
        };
    }

    private void tell(Request request, long received, int status, long sent, boolean whole, long start) {
        Exchange exchange =
                new Exchange(request, received, status, sent, whole, Duration.ofNanos(System.nanoTime() - start));
        observers.forEach(observer -> observer.accept(exchange));
    }

    private static final class CountedInput extends FilterInputStream {
        private long count;

        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count += Math.max(n, 0);
            return n;
        }
    }

    private static final class CountedOutput extends FilterOutputStream {
        private long count;

        CountedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            count += length;
        }
    }
}
