/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.HttpReply;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an upload stands.
 *
 * @param session the session from here on
 * @param received bytes that the registry says it has; empty if it does not say. Registries have one way to say none and one
 */
public record UploadProgress(UploadSession session, OptionalLong received) {
    // Seen in the wild beside 0-9: bytes=0-9, and 0--1 for nothing.
    private static final Pattern RANGE = Pattern.compile("(?:bytes[ =])?0-(-?[0-9]{1,18}).*");

    /** What an answer about a session says. */
    static UploadProgress after(HttpReply reply, UploadSession session) throws IOException {
        boolean moves = reply.headers().first("Location").isPresent();
        return new UploadProgress(moves ? session.next(reply) : session, received(reply));
    }

    private static OptionalLong received(HttpReply reply) {
        Matcher range = RANGE.matcher(reply.headers().first("Range").orElse("").strip());
        return range.matches() ? OptionalLong.of(Long.parseLong(range.group(1)) + 1) : OptionalLong.empty();
    }
}
