/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a request whose answer is a redirect (RFC 9110, section 15.4). Credentials stay with scheme, host and port;
 * encryption is never given up; the method is never changed, since no registry means it.
 */
final class RedirectRule {
    private static final Set<Integer> ANY_METHOD = Set.of(301, 302, 307, 308);

    private RedirectRule() {}

    static boolean isRedirect(int status) {
        return status == 303 || ANY_METHOD.contains(status);
    }

    /**
     * The request that follows.
     *
     * @param answering address of what answered, if known
     * @throws RefusedHopException if the redirect must not be followed
     */
    static HttpCall next(HttpCall call, int status, Optional<String> location, Optional<InetAddress> answering)
            throws RefusedHopException {
        HttpUrl to = location.flatMap(call.url()::resolve)
                .orElseThrow(() -> new RefusedHopException(
                        "the answer to " + call + " is a redirect (" + status + ") without a usable Location"));
        boolean reading = call.method().equals("GET") || call.method().equals("HEAD");
        if (!reading && !ANY_METHOD.contains(status)) {
            throw new RefusedHopException(
                    "the answer to " + call + " is a redirect (" + status + ") to another method");
        }
        Origin from = call.url().origin();
        if (from.secure() && !to.origin().secure()) {
            throw new RefusedHopException(
                    "refused to follow the redirect of " + call + " to " + to + ": it gives up encryption");
        }
        if (from.equals(to.origin())) {
            return call.withUrl(to);
        }
        return call.withUrl(to)
                .withHeaders(call.headers().without("Authorization"))
                .toPublicOnly(call.publicOnly() || AddressRule.publicOnly(answering));
    }
}
