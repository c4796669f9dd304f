/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, once, when a registry says that it will soon answer no more requests. */
public final class QuotaTransport implements HttpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaTransport.class);

    private final HttpTransport next;
    private final String host;
    private final Origin origin;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Decorates another transport.
     *
     * @param host the registry as users name it
     * @param origin the registry; what other origins say of themselves is not its quota
     */
    public QuotaTransport(HttpTransport next, String host, Origin origin) {
        this.next = next;
        this.host = host;
        this.origin = origin;
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        HttpReply reply = next.execute(scope, call);
        if (call.url().origin().equals(origin)) {
            RequestQuota.of(reply.headers()).filter(RequestQuota::low).ifPresent(this::warn);
        }
        return reply;
    }

    @Override
    public void close() {
        next.close();
    }

    private void warn(RequestQuota quota) {
        if (!warned.getAndSet(true)) {
            LOG.warn("{} has {} left; it may allow more to those who are logged in", host, quota);
        }
    }
}
