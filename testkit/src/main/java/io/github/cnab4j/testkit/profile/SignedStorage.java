/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.profile;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.JsonReplies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A registry that sends readers of blobs to a storage: the same registry under the name {@code localhost}, which takes whoever has
 * a signed URL, compares it byte by byte, and refuses a request that brings a token as well.
 */
final class SignedStorage {
    private static final String NAME = "localhost";
    /** Escapes that a client may be tempted to rewrite. */
    private static final String SIGNATURE = "?sig=a%2Fb%2B~+c&t=";

    private SignedStorage() {}

    static Response intercept(Request request, Handler next) throws IOException {
        String host = request.headers().first("Host").orElse("");
        if (host.startsWith(NAME)) {
            return stored(request, next);
        }
        Response here = next.handle(request.withMethod("HEAD"));
        if (here.status() != 200) {
            return next.handle(request);
        }
        String storage = "http://" + host.replaceFirst("^[^:]*", NAME) + request.path();
        return Response.of(307).with("Location", storage + SIGNATURE + ticket(request));
    }

    /** What the reader may do, in the URL, as signatures have it. */
    private static String ticket(Request request) {
        String authorization = request.headers().first("Authorization").orElse("");
        return HexFormat.of().formatHex(authorization.getBytes(StandardCharsets.UTF_8));
    }

    private static Response stored(Request request, Handler next) throws IOException {
        if (request.headers().contains("Authorization")) {
            return JsonReplies.error(400, "InvalidArgument", "only one auth mechanism allowed");
        }
        if (!request.target().contains(SIGNATURE)) {
            return JsonReplies.error(403, "SignatureDoesNotMatch", "the signature does not match");
        }
        byte[] ticket = HexFormat.of().parseHex(request.query().first("t").orElse(""));
        String authorization = new String(ticket, StandardCharsets.UTF_8);
        return next.handle(
                authorization.isEmpty()
                        ? request
                        : request.withHeaders(request.headers().with("Authorization", authorization)));
    }
}
