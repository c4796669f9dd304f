/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.registry.http.HttpReply;
import java.io.FilterInputStream;

/** The body of an answer; closing it closes the answer. */
final class ContentStream extends FilterInputStream {
    private final HttpReply reply;
    private final long start;

    /**
     * A body.
     *
     * @param start place of its first byte in the content
     */
    ContentStream(HttpReply reply, long start) {
        super(reply.body());
        this.reply = reply;
        this.start = start;
    }

    /** Place of the first byte in the content. */
    long start() {
        return start;
    }

    /** Whether its end is told apart from a connection that was lost: by its length or by its last chunk. */
    boolean endsForSure() {
        return reply.headers().first("Content-Length").isPresent()
                || reply.headers().first("Transfer-Encoding").isPresent();
    }

    @Override
    public void close() {
        reply.close();
    }
}
