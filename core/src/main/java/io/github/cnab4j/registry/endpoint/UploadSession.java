/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.AddressRule;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.LocationRule;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * An upload that a registry has opened.
 *
 * @param location where its next request goes
 * @param publicOnly whether that must be a public address
 * @param smallestChunk least bytes of a chunk but the last; 0 if the registry does not say
 */
public record UploadSession(HttpUrl location, boolean publicOnly, long smallestChunk) {
    /** The session after the answer to the request that opened it or to one of its own. */
    static UploadSession after(HttpReply reply) throws IOException {
        String location = reply.headers()
                .first("Location")
                .orElseThrow(() -> new ProtocolException("the answer about an upload has no Location"));
        HttpUrl next = LocationRule.resolve(reply.url(), location);
        boolean elsewhere = !next.origin().equals(reply.url().origin());
        return new UploadSession(
                next,
                elsewhere && AddressRule.publicOnly(reply.address()),
                reply.headers().number("OCI-Chunk-Min-Length").orElse(0));
    }

    /** The same upload after another answer. What was said of chunks, and what was found of the address, holds on. */
    UploadSession next(HttpReply reply) throws IOException {
        UploadSession next = after(reply);
        return new UploadSession(
                next.location, publicOnly || next.publicOnly, Math.max(smallestChunk, next.smallestChunk));
    }
}
