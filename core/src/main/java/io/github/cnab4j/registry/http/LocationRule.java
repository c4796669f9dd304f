/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

/**
 * Where an upload goes on (OCI distribution specification, "Pushing blobs": Location may be relative or absolute). Registries
 * behind a proxy that ends TLS often name themselves with {@code http}, or without their port: as long as the host is the same,
 * scheme and port of the request are the right ones.
 */
public final class LocationRule {
    private LocationRule() {}

    /**
     * The next URL of an upload session.
     *
     * @param request what was asked
     * @param location the Location of the answer
     * @throws RefusedHopException if it is no URL, or leads another host's way without encryption
     */
    public static HttpUrl resolve(HttpUrl request, String location) throws RefusedHopException {
        HttpUrl to = request.resolve(location)
                .orElseThrow(() -> new RefusedHopException("the Location in the answer to " + request + " is no URL"));
        Origin ours = request.origin();
        Origin theirs = to.origin();
        boolean sameHost = ours.host().equals(theirs.host());
        boolean downgrade = ours.secure() && !theirs.secure();
        boolean portLost = ours.scheme().equals(theirs.scheme()) && !to.hasExplicitPort();
        if (sameHost && (downgrade || portLost)) {
            return to.at(ours);
        }
        if (downgrade) {
            throw new RefusedHopException("refused the upload Location " + to + " given by " + ours
                    + ": it leads to another host without encryption");
        }
        return to;
    }
}
