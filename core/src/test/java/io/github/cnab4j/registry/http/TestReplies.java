/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.ByteArrayInputStream;
import java.util.Optional;

/** Answers that no server gave. */
public final class TestReplies {
    private TestReplies() {}

    /** A good one with one field and this body. */
    public static HttpReply ok(HttpUrl url, String field, String value, byte[] body) {
        return new HttpReply(
                url, 200, Headers.of(field, value), new ByteArrayInputStream(body), Optional::empty, () -> {}, null);
    }
}
