/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a part of a blob, or all of it at once, to an open upload (specification: "Pushing a blob in chunks"). */
public final class UploadPatch implements Endpoint<UploadPatch.Progress> {
    // Seen in the wild beside 0-9: bytes=0-9, and 0--1 for nothing.
    private static final Pattern RANGE = Pattern.compile("(?:bytes[ =])?0-(-?[0-9]{1,18}).*");

    /**
     * Where the upload stands.
     *
     * @param session the session from here on
     * @param received bytes that the registry says it has; empty if it does not say
     */
    public record Progress(UploadSession session, OptionalLong received) {}

    private final RepositoryRoute route;
    private final UploadSession session;
    private final String digest;
    private final HttpBody body;
    private final long offset;
    private final boolean ranged;

    /**
     * A part.
     *
     * @param offset place of its first byte in the blob
     * @param ranged whether to say so; registries that know no parts refuse the field
     */
    public UploadPatch(
            RepositoryRoute route, UploadSession session, String digest, HttpBody body, long offset, boolean ranged) {
        this.route = route;
        this.session = session;
        this.digest = digest;
        this.body = body;
        this.offset = offset;
        this.ranged = ranged;
    }

    @Override
    public HttpCall call() {
        HttpCall call = HttpCall.of("PATCH", session.location())
                .toPublicOnly(session.publicOnly())
                .withHeader("Content-Type", "application/octet-stream")
                .withBody(body)
                .withAccess(List.of(Access.push(route.name())));
        return ranged ? call.withHeader("Content-Range", offset + "-" + (offset + body.length() - 1)) : call;
    }

    @Override
    public String purpose() {
        return "upload " + route.reference(digest);
    }

    @Override
    public boolean accepts(int status) {
        return status == 202 || status == 201 || status == 204;
    }

    @Override
    public Progress answer(HttpReply reply) throws IOException {
        boolean moves = reply.headers().first("Location").isPresent();
        UploadSession next = moves ? UploadSession.after(reply) : session;
        return new Progress(next, received(reply));
    }

    private static OptionalLong received(HttpReply reply) {
        Matcher range = RANGE.matcher(reply.headers().first("Range").orElse("").strip());
        return range.matches() ? OptionalLong.of(Long.parseLong(range.group(1)) + 1) : OptionalLong.empty();
    }
}
