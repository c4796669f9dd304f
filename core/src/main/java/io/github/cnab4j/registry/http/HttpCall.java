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
 * @param awaited whether it is not broken off once it is under way, however much the work is stopped: what it opens at the other
 *     end can only be closed by who knows its name
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
        int readAhead,
        boolean awaited) {
    /** Copies the list. */
    public HttpCall {
        access = List.copyOf(access);
    }

    /** A request without body; repeatable if it only reads. */
    public static HttpCall of(String method, HttpUrl url) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        return new HttpCall(method, url, Headers.none(), null, List.of(), false, null, reads, 0, false);
    }

    /** The same to another URL. */
    public HttpCall withUrl(HttpUrl other) {
        return new HttpCall(method, other, headers, body, access, publicOnly, patience, repeatable, readAhead, awaited);
    }

    /** The same with one more header field. */
    public HttpCall withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /** The same with other header fields. */
    public HttpCall withHeaders(Headers other) {
        return new HttpCall(method, url, other, body, access, publicOnly, patience, repeatable, readAhead, awaited);
    }

    /** The same with a body. */
    public HttpCall withBody(@Nullable HttpBody other) {
        return new HttpCall(method, url, headers, other, access, publicOnly, patience, repeatable, readAhead, awaited);
    }

    /** The same with what it does. */
    public HttpCall withAccess(List<Access> other) {
        return new HttpCall(method, url, headers, body, other, publicOnly, patience, repeatable, readAhead, awaited);
    }

    /** The same, to public addresses only. */
    public HttpCall toPublicOnly(boolean only) {
        return new HttpCall(method, url, headers, body, access, only, patience, repeatable, readAhead, awaited);
    }

    /** The same with its own limit of waiting for the answer. */
    public HttpCall withPatience(Duration limit) {
        return new HttpCall(method, url, headers, body, access, publicOnly, limit, repeatable, readAhead, awaited);
    }

    /** The same, which may be sent again where nobody knows what became of it. */
    public HttpCall asRepeatable() {
        return new HttpCall(method, url, headers, body, access, publicOnly, patience, true, readAhead, awaited);
    }

    /** The same with a body of the answer that is read before the answer counts, if it is no longer than this many bytes. */
    public HttpCall withReadAhead(int limit) {
        return new HttpCall(method, url, headers, body, access, publicOnly, patience, repeatable, limit, awaited);
    }

    /** The same, whose answer is waited for also when the work is stopped. */
    public HttpCall asAwaited() {
        return new HttpCall(method, url, headers, body, access, publicOnly, patience, repeatable, readAhead, true);
    }

    /** Method and URL without the query. */
    @Override
    public String toString() {
        return method + " " + url;
    }
}
