/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** Lets in who has a name and its password. */
public final class BasicGuard implements Interceptor {
    private static final String SCHEME = "basic ";

    private final Htpasswd users;

    /** Asks this file. */
    public BasicGuard(Htpasswd users) {
        this.users = users;
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        Optional<String> credentials = request.headers().first("Authorization").flatMap(BasicGuard::decode);
        if (credentials.isPresent()) {
            int colon = credentials.get().indexOf(':');
            if (colon >= 0
                    && users.accepts(
                            credentials.get().substring(0, colon),
                            credentials.get().substring(colon + 1))) {
                return next.handle(request);
            }
        }
        return JsonReplies.error(401, ErrorCode.UNAUTHORIZED.name(), "a name and its password are needed")
                .with("WWW-Authenticate", "Basic realm=\"cnab4j\", charset=\"UTF-8\"");
    }

    private static Optional<String> decode(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).trim()), UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
