/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import io.github.cnab4j.testkit.access.Grants.Grant;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks for a token everywhere but at the token service. */
final class TokenGuard implements Interceptor {
    private static final String BEARER = "bearer ";
    private static final String SERVICE = "test-registry";

    private final TokenAccess options;
    private final TokenService service;

    TokenGuard(TokenAccess options, TokenService service) {
        this.options = options;
        this.service = service;
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        if (request.path().equals(Kind.TOKEN_PATH)) {
            return service.answer(request);
        }
        List<RequiredAccess> required = RequiredAccess.of(request);
        Optional<Grant> grant = grant(request);
        if (grant.isPresent() && required.stream().allMatch(grant.get()::covers)) {
            return next.handle(request);
        }
        if (grant.isEmpty() && options.has(TokenFlavour.HIDES) && Kind.of(request) != Kind.PING) {
            return JsonReplies.error(404, ErrorCode.NAME_UNKNOWN.name(), "there is no such repository");
        }
        return challenge(request, required, grant.isPresent());
    }

    private Optional<Grant> grant(Request request) {
        return request.headers()
                .first("Authorization")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .flatMap(value -> options.grants()
                        .find(
                                value.substring(BEARER.length()).trim(),
                                options.clock().instant()));
    }

    private Response challenge(Request request, List<RequiredAccess> required, boolean insufficient) {
        boolean forbids = insufficient && options.has(TokenFlavour.FORBIDS_FOR_SCOPE);
        Response refusal = forbids
                ? JsonReplies.error(403, ErrorCode.DENIED.name(), "insufficient scope")
                : JsonReplies.error(401, ErrorCode.UNAUTHORIZED.name(), "authentication required");
        String bearer = parameters(request, required, insufficient);
        if (options.has(TokenFlavour.BASIC_BESIDE)) {
            refusal = refusal.with("WWW-Authenticate", "Basic realm=\"test\"");
            return refusal.withHeaders(refusal.headers().adding("WWW-Authenticate", "Bearer " + bearer));
        }
        if (options.has(TokenFlavour.CROWDED_CHALLENGE)) {
            return refusal.with(
                    "WWW-Authenticate",
                    "Negotiate YIIB=, Digest realm=\"a, Bearer realm=\\\"x\\\"\" , nonce=17,, BEARER \t"
                            + bearer.replace("test-registry", "test\\-registry").replace(",", " , "));
        }
        return refusal.with("WWW-Authenticate", "Bearer " + bearer);
    }

    private String parameters(Request request, List<RequiredAccess> required, boolean insufficient) {
        String scope = scope(required);
        return "realm=\"" + realm(request) + "\""
                + (options.has(TokenFlavour.NO_SERVICE) ? "" : ",service=\"" + SERVICE + "\"")
                + (scope.isEmpty() ? "" : ",scope=\"" + scope + "\"")
                + (insufficient ? ",error=\"insufficient_scope\"" : "");
    }

    private String scope(List<RequiredAccess> required) {
        if (options.has(TokenFlavour.NO_SCOPE)) {
            return "";
        }
        if (options.has(TokenFlavour.STAR_SCOPE)) {
            return "*";
        }
        return options.has(TokenFlavour.FIXED_SCOPE)
                ? TokenService.FIXED_SCOPE
                : required.stream().map(RequiredAccess::toString).collect(Collectors.joining(" "));
    }

    private String realm(Request request) {
        if (options.has(TokenFlavour.RELATIVE_REALM)) {
            return Kind.TOKEN_PATH;
        }
        return options.realm()
                .map(URI::toString)
                .orElseGet(() -> request.scheme() + "://"
                        + request.headers().first("Host").orElse("") + Kind.TOKEN_PATH);
    }
}
