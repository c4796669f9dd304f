/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;

/** Follows redirects by {@link RedirectRule}, a few of them. */
public final class RedirectingTransport implements HttpTransport {
    private static final int MOST_HOPS = 10;

    private final HttpTransport next;

    /** Decorates another transport, which sees every hop as a request of its own. */
    public RedirectingTransport(HttpTransport next) {
        this.next = next;
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        HttpCall hop = call;
        for (int hops = 0; hops <= MOST_HOPS; hops++) {
            HttpReply reply = next.execute(scope, hop);
            if (!RedirectRule.isRedirect(reply.status())) {
                return reply;
            }
            try (reply) {
                hop = RedirectRule.next(hop, reply.status(), reply.headers().first("Location"), reply.address());
            }
        }
        throw new RefusedHopException(call + " was redirected more than " + MOST_HOPS + " times");
    }

    @Override
    public void close() {
        next.close();
    }
}
