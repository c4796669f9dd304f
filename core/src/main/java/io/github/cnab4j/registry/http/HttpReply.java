/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request; its body is read as it arrives. Must be closed: what was read to its end leaves its connection to the
 * next request. Not safe for use by several threads.
 */
public final class HttpReply implements AutoCloseable {
    /** The largest rest of a body that is read at closing, so that its connection can be used again. */
    private static final int WORTH_READING = 16 * 1024;

    private final HttpUrl url;
    private final int status;
    private final Headers headers;
    private final InputStream body;
    private final Supplier<Optional<InetAddress>> address;
    private final Release release;
    private final @Nullable String authorizationHint;

    /** Frees the connection, reading nothing more. */
    @FunctionalInterface
    interface Release {
        void release() throws IOException;
    }

    HttpReply(
            HttpUrl url,
            int status,
            Headers headers,
            InputStream body,
            Supplier<Optional<InetAddress>> address,
            Release release,
            @Nullable String authorizationHint) {
        this.url = url;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.address = address;
        this.release = release;
        this.authorizationHint = authorizationHint;
    }

    /** What answered, after redirects. */
    public HttpUrl url() {
        return url;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The header fields. */
    public Headers headers() {
        return headers;
    }

    /** The body; empty where an answer has none. */
    public InputStream body() {
        return body;
    }

    /** The address that answered; behind a proxy one of those that the host's name has, empty if it has none on this machine. */
    public Optional<InetAddress> address() {
        return address.get();
    }

    /** What whoever authorises requests knows about a refusal; for people. */
    public Optional<String> authorizationHint() {
        return Optional.ofNullable(authorizationHint);
    }

    /** This answer with a word on why it may have been refused; the other must not be used any more. */
    public HttpReply withAuthorizationHint(String hint) {
        return new HttpReply(url, status, headers, body, address, release, hint);
    }

    /** This answer with another body; the other must not be used any more. */
    HttpReply withBody(InputStream other) {
        return new HttpReply(url, status, headers, other, address, release, authorizationHint);
    }

    /**
     * This answer with the beginning of its body in memory, all of it if it is no longer than the limit; the other must not be
     * used any more.
     *
     * @throws IOException if the body breaks off within the limit
     */
    HttpReply readAhead(int limit) throws IOException {
        byte[] beginning = body.readNBytes(limit);
        InputStream kept = new ByteArrayInputStream(beginning);
        return withBody(beginning.length < limit ? kept : new SequenceInputStream(kept, body));
    }

    /**
     * This answer with no more of its body than the limit, in memory, so that its connection is free; the other must not be used
     * any more.
     */
    public HttpReply detached(int limit) {
        byte[] beginning = BoundedBody.beginning(body, limit);
        close();
        return new HttpReply(
                url, status, headers, new ByteArrayInputStream(beginning), address, () -> {}, authorizationHint);
    }

    @Override
    public void close() {
        try {
            readRest();
        } finally {
            try {
                release.release();
            } catch (IOException broken) {
                // Nobody waits for anything from it.
            }
        }
    }

    /** A body in chunks does not say how long it is. */
    private void readRest() {
        try {
            if (headers.number("Content-Length").orElse(0) <= WORTH_READING) {
                body.readNBytes(WORTH_READING + 1);
            }
        } catch (IOException broken) {
            // The connection is of no use any more; releasing it is all that is left to do.
        }
    }
}
