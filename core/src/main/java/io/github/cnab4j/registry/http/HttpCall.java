/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request. Immutable; the text form has no secrets.
 *
 * @param method HTTP method in capitals
 * @param url where it goes
 * @param headers fields beside those that the transport adds
 * @param body body, if any
 * @param access what it does to which repositories, the one it is addressed to first
 * @param publicOnly whether the connected socket must not lead to a loopback, private or link-local address
 * @param patience how long to wait for the answer; the transport's own limit where it is null
 * @param repeatable whether a second time does no harm where nobody knows what became of the first
 * @param readAhead the longest body of a good answer that is read, in bytes, before the answer counts as one, so that a body that
 *     breaks off is asked for again like an answer that never came; 0 where the body is to be streamed
 */
public record HttpCall(
        String method,
        HttpUrl url,
        Headers headers,
        @Nullable HttpBody body,
        List<Access> access,
        boolean publicOnly,
        @Nullable Duration patience,
        boolean repeatable,
        int readAhead) {
    /** Copies the list. */
    public HttpCall {
        access = List.copyOf(access);
    }

    /** A request without body; repeatable if it only reads. */
    public static HttpCall of(String method, HttpUrl url) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        return new HttpCall(method, url, Headers.none(), null, List.of(), false, null, reads, 0);
    }

    /** The same to another URL. */
    public HttpCall withUrl(HttpUrl other) {
        return new HttpCall(method, other, headers, body, access, publicOnly, patience, repeatable, readAhead);
    }

    /** The same with one more header field. */
    public HttpCall withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /** The same with other header fields. */
    public HttpCall withHeaders(Headers other) {
        return new HttpCall(method, url, other, body, access, publicOnly, patience, repeatable, readAhead);
    }

    /** The same with a body. */
    public HttpCall withBody(@Nullable HttpBody other) {
        return new HttpCall(method, url, headers, other, access, publicOnly, patience, repeatable, readAhead);
    }

    /** The same with what it does. */
    public HttpCall withAccess(List<Access> other) {
        return new HttpCall(method, url, headers, body, other, publicOnly, patience, repeatable, readAhead);
    }

    /** The same, to public addresses only. */
    public HttpCall toPublicOnly(boolean only) {
        return new HttpCall(method, url, headers, body, access, only, patience, repeatable, readAhead);
    }

    /** The same with its own limit of waiting for the answer. */
    public HttpCall withPatience(Duration limit) {
        return new HttpCall(method, url, headers, body, access, publicOnly, limit, repeatable, readAhead);
    }

    /** The same, which may be sent again where nobody knows what became of it. */
    public HttpCall asRepeatable() {
        return new HttpCall(method, url, headers, body, access, publicOnly, patience, true, readAhead);
    }

    /** The same with a body of the answer that is read before the answer counts, if it is no longer than this many bytes. */
    public HttpCall withReadAhead(int limit) {
        return new HttpCall(method, url, headers, body, access, publicOnly, patience, repeatable, limit);
    }

    /** Method and URL without the query. */
    @Override
    public String toString() {
        return method + " " + url;
    }
}
