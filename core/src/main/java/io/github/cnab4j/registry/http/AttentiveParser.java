/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of answers, and notes when more came with one. Some servers send a body with the answer to HEAD, which the next
 * request on the connection would take for the beginning of its own answer; what of it comes late is skipped. On a connection that has
 * not brought an answer there is nothing to skip: what is not HTTP there comes from something else. Used by one connection.
 */
final class AttentiveParser extends LenientHttpResponseParser {
    /** A field that says so, from here to {@link #takeNote}. */
    private static final String MORE = "cnab4j-more-came";

    private static final int QUOTED = 60;

    private boolean answered;

    AttentiveParser(Http1Config config) {
        super(config);
    }

    @Override
    protected @Nullable ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException {
        ClassicHttpResponse response = super.createMessage(line);
        if (response == null && !answered) {
            // Else it would go on waiting for a line that is HTTP, as long as it is let.
            throw new ClientProtocolException("it begins with \""
                    + RegistryWords.clean(line.substring(0, Math.min(QUOTED, line.length()))) + "\"");
        }
        return response;
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        ClassicHttpResponse response = super.parse(buffer, in);
        answered |= response != null;
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
