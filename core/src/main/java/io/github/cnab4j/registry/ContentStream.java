/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.registry.http.HttpReply;
import java.io.FilterInputStream;

/** The body of an answer; closing it closes the answer. */
final class ContentStream extends FilterInputStream {
    private final HttpReply reply;

    ContentStream(HttpReply reply) {
        super(reply.body());
        this.reply = reply;
    }

    @Override
    public void close() {
        reply.close();
    }
}
