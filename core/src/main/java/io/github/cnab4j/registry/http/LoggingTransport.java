/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one debug line per request: method, URL without its query, status, time to the head of the answer. No header values. */
public final class LoggingTransport implements HttpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingTransport.class);

    private final HttpTransport next;

    /** Decorates another transport. */
    public LoggingTransport(HttpTransport next) {
        this.next = next;
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        if (!LOG.isDebugEnabled()) {
            return next.execute(scope, call);
        }
        long start = System.nanoTime();
        try {
            HttpReply reply = next.execute(scope, call);
            LOG.debug("{}: {} in {} ms", call, reply.status(), millisSince(start));
            return reply;
        } catch (IOException failed) {
            LOG.debug("{}: {} in {} ms", call, failed.getClass().getSimpleName(), millisSince(start));
            throw failed;
        }
    }

    @Override
    public void warmUp(CallScope scope, Origin origin) {
        next.warmUp(scope, origin);
    }

    @Override
    public void connect(CallScope scope, Origin origin) throws IOException {
        next.connect(scope, origin);
    }

    @Override
    public void close() {
        next.close();
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
