/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Query;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Gives out tokens at {@link Kind#TOKEN_PATH} and asks for them everywhere else. */
final class TokenService implements Interceptor {
    private static final String BEARER = "bearer ";
    private static final String SERVICE = "test-registry";
    private static final int MAX_FORM_BYTES = 64 * 1024;

    private final TokenAccess options;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    /** What a token is good for. */
    private record Grant(List<RequiredAccess> access, Instant end) {
        boolean covers(RequiredAccess required) {
            return access.stream()
                    .anyMatch(granted -> granted.repository().equals(required.repository())
                            && granted.actions().containsAll(required.actions()));
        }
    }

    TokenService(TokenAccess options) {
        this.options = options;
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        if (request.path().equals(Kind.TOKEN_PATH)) {
            return switch (request.method()) {
                case "GET" -> get(request);
                case "POST" -> post(request);
                default -> JsonReplies.error(405, ErrorCode.UNSUPPORTED.name(), "GET or POST");
            };
        }
        List<RequiredAccess> required = RequiredAccess.of(request);
        Optional<Grant> grant = grant(request);
        if (grant.isPresent() && required.stream().allMatch(grant.get()::covers)) {
            return next.handle(request);
        }
        return challenge(request, required, grant.isPresent());
    }

    private Optional<Grant> grant(Request request) {
        return request.headers()
                .first("Authorization")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> grants.get(value.substring(BEARER.length()).trim()))
                .filter(grant -> options.clock().instant().isBefore(grant.end()));
    }

    private static Response challenge(Request request, List<RequiredAccess> required, boolean insufficient) {
        String realm =
                request.scheme() + "://" + request.headers().first("Host").orElse("") + Kind.TOKEN_PATH;
        String scope = required.stream().map(RequiredAccess::toString).collect(Collectors.joining(" "));
        String value = "Bearer realm=\"" + realm + "\",service=\"" + SERVICE + "\""
                + (scope.isEmpty() ? "" : ",scope=\"" + scope + "\"")
                + (insufficient ? ",error=\"insufficient_scope\"" : "");
        return JsonReplies.error(401, ErrorCode.UNAUTHORIZED.name(), "authentication required")
                .with("WWW-Authenticate", value);
    }

    private Response get(Request request) {
        boolean named = request.headers().contains("Authorization");
        Optional<Account> account = options.accounts().byBasic(request);
        if (account.isEmpty() && (named || !options.anonymousPull())) {
            return unauthorized();
        }
        return issue(account, request.query().all("scope"));
    }

    private Response post(Request request) throws IOException {
        byte[] body = request.body().readNBytes(MAX_FORM_BYTES);
        Query form = Query.parse(new String(body, StandardCharsets.UTF_8));
        if (form.first("client_id").isEmpty() || form.first("service").isEmpty()) {
            return JsonReplies.error(400, ErrorCode.UNSUPPORTED.name(), "client_id and service are required");
        }
        Optional<Account> account = switch (form.first("grant_type").orElse("")) {
            case "refresh_token" -> form.first("refresh_token").flatMap(options.accounts()::byIdentityToken);
            case "password" ->
                options.accounts()
                        .byPassword(
                                form.first("username").orElse(""),
                                form.first("password").orElse(""));
            default -> Optional.empty();
        };
        return account.isEmpty() ? unauthorized() : issue(account, form.all("scope"));
    }

    private static Response unauthorized() {
        return JsonReplies.error(401, ErrorCode.UNAUTHORIZED.name(), "wrong credentials");
    }

    /** Grants of what was asked for what the account may do: a service answers with less, not with a refusal. */
    private Response issue(Optional<Account> account, List<String> scopes) {
        List<RequiredAccess> access = new ArrayList<>();
        for (String parameter : scopes) {
            for (String scope : parameter.split(" ")) {
                RequiredAccess.parse(scope).ifPresent(asked -> access.add(allowed(account, asked)));
            }
        }
        String token = UUID.randomUUID().toString();
        Instant now = options.clock().instant();
        grants.values().removeIf(grant -> !now.isBefore(grant.end()));
        grants.put(token, new Grant(List.copyOf(access), now.plus(options.lifetime())));
        return JsonReplies.of(200, "application/json", json -> {
            json.writeStartObject();
            json.writeStringProperty("token", token);
            json.writeStringProperty("access_token", token);
            json.writeNumberProperty("expires_in", options.lifetime().toSeconds());
            json.writeStringProperty("issued_at", now.toString());
            json.writeEndObject();
        });
    }

    private static RequiredAccess allowed(Optional<Account> account, RequiredAccess asked) {
        Set<String> rights =
                account.map(known -> known.actions().apply(asked.repository())).orElse(Set.of("pull"));
        Set<String> granted = new LinkedHashSet<>(asked.actions());
        granted.retainAll(rights);
        return new RequiredAccess(asked.repository(), granted);
    }
}
