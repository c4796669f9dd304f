/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/** Lets the answers of some origins look as if they came over the public network. */
public final class FarAway implements HttpTransport {
    private final HttpTransport next;
    private final Set<Origin> far;

    /** Decorates another transport. */
    public FarAway(HttpTransport next, Origin... far) {
        this.next = next;
        this.far = Set.of(far);
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        // Which address a request itself may go to is judged below, on the connected socket.
        HttpReply reply = next.execute(scope, far.contains(call.url().origin()) ? call.toPublicOnly(false) : call);
        if (!far.contains(call.url().origin())) {
            return reply;
        }
        InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7});
        return new HttpReply(
                reply.url(),
                reply.status(),
                reply.headers(),
                reply.body(),
                () -> Optional.of(address),
                reply::close,
                null);
    }

    @Override
    public void close() {
        next.close();
    }
}
