/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.InputStream;
import java.net.SocketAddress;

/**
 * One request. Everything but the body is a value; the body can be read once, by the thread that handles the request,
 * until the response has been returned.
 */
public final class Request {
    /** The content length of a body whose end shows only when it is reached (chunked). */
    public static final long UNKNOWN_LENGTH = -1;

    private final String scheme;
    private final String method;
    private final String target;
    private final Headers headers;
    private final InputStream body;
    private final long contentLength;
    private final SocketAddress client;

    /**
     * @param scheme {@code http} or {@code https}
     * @param target the request target as it came, from the path's slash on
     * @param contentLength bytes of the body, or {@link #UNKNOWN_LENGTH}
     */
    public Request(
            String scheme,
            String method,
            String target,
            Headers headers,
            InputStream body,
            long contentLength,
            SocketAddress client) {
        this.scheme = scheme;
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.contentLength = contentLength;
        this.client = client;
    }

    /** How it came, {@code http} or {@code https}. */
    public String scheme() {
        return scheme;
    }

    /** The method, in capitals as all registered ones are. */
    public String method() {
        return method;
    }

    /** Path and query as they came. */
    public String target() {
        return target;
    }

    /** The path as it came, still percent-encoded. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What follows the first {@code ?}, still encoded; empty when there is none. */
    public String rawQuery() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** The decoded query parameters. */
    public Query query() {
        return Query.parse(rawQuery());
    }

    /** The header fields. */
    public Headers headers() {
        return headers;
    }

    /**
     * The body; empty when there is none. Reading throws {@link java.io.IOException} when the client breaks off, so that
     * a cut body is never taken for a whole one.
     */
    public InputStream body() {
        return body;
    }

    /** Length of the body in bytes; 0 when there is none, {@link #UNKNOWN_LENGTH} when it is chunked. */
    public long contentLength() {
        return contentLength;
    }

    /** The client's address. */
    public SocketAddress client() {
        return client;
    }

    /** This request with another body of the same declared length. */
    public Request withBody(InputStream other) {
        return new Request(scheme, method, target, headers, other, contentLength, client);
    }

    /** This request with another method. */
    public Request withMethod(String other) {
        return new Request(scheme, other, target, headers, body, contentLength, client);
    }

    /** This request for another target. */
    public Request withTarget(String other) {
        return new Request(scheme, method, other, headers, body, contentLength, client);
    }

    /** This request with other header fields. */
    public Request withHeaders(Headers other) {
        return new Request(scheme, method, target, other, body, contentLength, client);
    }

    @Override
    public String toString() {
        return method + " " + path();
    }
}
