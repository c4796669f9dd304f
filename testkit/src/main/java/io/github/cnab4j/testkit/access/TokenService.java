/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Query;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import io.github.cnab4j.testkit.access.Grants.Grant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gives out tokens. */
final class TokenService {
    static final String FIXED_SCOPE = "aws";
    private static final int MAX_FORM_BYTES = 64 * 1024;
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final Set<List<String>> LITERAL = Set.of(List.of("pull"), List.of("pull", "push"));

    private final TokenAccess options;

    TokenService(TokenAccess options) {
        this.options = options;
    }

    Response answer(Request request) throws IOException {
        return switch (request.method()) {
            case "GET" -> options.has(TokenFlavour.POST_ONLY) ? notAllowed() : get(request);
            case "POST" ->
                options.has(TokenFlavour.GET_ONLY)
                        ? JsonReplies.error(404, ErrorCode.UNSUPPORTED.name(), "page not found")
                        : post(request);
            default -> notAllowed();
        };
    }

    private static Response notAllowed() {
        return JsonReplies.error(405, ErrorCode.UNSUPPORTED.name(), "method not allowed");
    }

    private Response get(Request request) {
        boolean named = request.headers().contains("Authorization");
        Optional<Account> account = byPassword(options.accounts().byBasic(request));
        if (account.isEmpty() && (named || !options.anonymousPull())) {
            return unauthorized();
        }
        return issue(account, request.query().all("scope"));
    }

    private Response post(Request request) throws IOException {
        byte[] body = request.body().readNBytes(MAX_FORM_BYTES);
        Query form = Query.parse(new String(body, StandardCharsets.UTF_8));
        boolean needsService = !options.has(TokenFlavour.NO_SERVICE);
        if (form.first("client_id").isEmpty()
                || (needsService && form.first("service").isEmpty())) {
            return JsonReplies.error(400, ErrorCode.UNSUPPORTED.name(), "client_id and service are required");
        }
        Optional<Account> account = switch (form.first("grant_type").orElse("")) {
            case "refresh_token" -> form.first("refresh_token").flatMap(options.accounts()::byIdentityToken);
            case "password" ->
                byPassword(options.accounts()
                        .byPassword(
                                form.first("username").orElse(""),
                                form.first("password").orElse("")));
            default -> Optional.empty();
        };
        return account.isEmpty() ? unauthorized() : issue(account, form.all("scope"));
    }

    private Optional<Account> byPassword(Optional<Account> account) {
        return account.filter(known -> !options.has(TokenFlavour.IDENTITY_TOKENS_ONLY));
    }

    private static Response unauthorized() {
        return JsonReplies.error(401, ErrorCode.UNAUTHORIZED.name(), "wrong credentials");
    }

    /** Grants of what was asked for what the account may do: most services answer with less, not with a refusal. */
    private Response issue(Optional<Account> account, List<String> parameters) {
        List<String> scopes = scopes(parameters);
        List<RequiredAccess> access = new ArrayList<>();
        if (options.has(TokenFlavour.OVER_QUOTA) && scopes.stream().anyMatch(scope -> scope.endsWith("push"))) {
            return overQuota();
        }
        for (String scope : scopes) {
            Optional<RequiredAccess> asked = RequiredAccess.parse(scope).filter(this::understands);
            if (asked.isEmpty()) {
                continue;
            }
            RequiredAccess allowed = allowed(account, asked.get());
            if (options.has(TokenFlavour.ALL_OR_NOTHING)
                    && !allowed.actions().equals(asked.get().actions())) {
                return JsonReplies.error(403, ErrorCode.DENIED.name(), "not allowed: " + asked.get());
            }
            access.add(allowed);
        }
        boolean everything = options.has(TokenFlavour.FIXED_SCOPE)
                ? scopes.contains(FIXED_SCOPE)
                : options.has(TokenFlavour.ONE_TOKEN_FOR_ALL) && account.isPresent();
        List<RequiredAccess> granted = options.has(TokenFlavour.FIXED_SCOPE) ? List.of() : access;
        Instant now = options.clock().instant();
        String token = options.grants().add(new Grant(granted, everything, now.plus(options.lifetime())), now);
        return reply(token, now);
    }

    private static Response overQuota() {
        return JsonReplies.of(403, "application/json", json -> {
            json.writeStartObject();
            json.writeStringProperty("message", "storage quota exceeded, delete some tags");
            json.writeEndObject();
        });
    }

    private List<String> scopes(List<String> parameters) {
        Stream<String> all = parameters.stream()
                .flatMap(parameter -> Arrays.stream(parameter.split(" ")))
                .filter(scope -> !scope.isEmpty());
        return options.has(TokenFlavour.FIRST_SCOPE_ONLY) ? all.limit(1).toList() : all.toList();
    }

    private boolean understands(RequiredAccess asked) {
        return !options.has(TokenFlavour.LITERAL_ACTIONS) || LITERAL.contains(List.copyOf(asked.actions()));
    }

    private Response reply(String token, Instant now) {
        return JsonReplies.of(200, "application/json", json -> {
            json.writeStartObject();
            if (!options.has(TokenFlavour.ACCESS_TOKEN_FIELD)) {
                json.writeStringProperty("token", token);
            }
            if (!options.has(TokenFlavour.TOKEN_FIELD)) {
                json.writeStringProperty("access_token", token);
            }
            if (options.has(TokenFlavour.ZERO_LIFETIME)) {
                json.writeNumberProperty("expires_in", 0);
            } else if (!options.has(TokenFlavour.NO_LIFETIME)) {
                json.writeNumberProperty("expires_in", options.lifetime().toSeconds());
            }
            Instant issued = options.has(TokenFlavour.CLOCK_AHEAD) ? now.plus(AHEAD) : now;
            json.writeStringProperty("issued_at", issued.toString());
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
