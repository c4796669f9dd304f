/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

/**
 * One response. The listener adds {@code Date} and, unless a field of that name is set here, {@code Content-Length} or
 * {@code Transfer-Encoding}; a {@code Content-Length} set here is sent even when it is not true.
 */
public record Response(int status, Headers headers, Body body) {
    /** A response without fields and content. */
    public static Response of(int status) {
        return new Response(status, Headers.empty(), Body.empty());
    }

    /** This response with one more field, or one replaced. */
    public Response with(String name, String value) {
        return new Response(status, headers.with(name, value), body);
    }

    /** This response with other fields. */
    public Response withHeaders(Headers other) {
        return new Response(status, other, body);
    }

    /** This response with another status. */
    public Response withStatus(int other) {
        return new Response(other, headers, body);
    }

    /** This response with other content. */
    public Response withBody(Body other) {
        return new Response(status, headers, other);
    }
}
