/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the heads of answers, and notes when more came with one. Some servers send a body with the answer to HEAD, which the next
 * request on the connection would take for the beginning of its own answer. Used by one connection.
 */
final class AttentiveParser extends LenientHttpResponseParser {
    /** A field that says so, from here to {@link #takeNote}. */
    private static final String MORE = "cnab4j-more-came";

    AttentiveParser(Http1Config config) {
        super(config);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        ClassicHttpResponse response = super.parse(buffer, in);
        if (response != null && buffer.length() > 0) {
            response.setHeader(MORE, "");
        }
        return response;
    }

    /**
     * Has the connection of an answer closed if more came than there should be.
     *
     * @param mayHaveBody whether the rest is its body
     */
    static void takeNote(ClassicHttpResponse response, boolean mayHaveBody) {
        if (response.removeHeaders(MORE) && !mayHaveBody) {
            response.setHeader("Connection", "close");
        }
    }
}
