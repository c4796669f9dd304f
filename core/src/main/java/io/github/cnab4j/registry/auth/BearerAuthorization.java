/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.registry.auth.TokenClient.TokenRequest;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one registry: which token service it named last, which scopes a request needs, and the tokens at hand. All scopes of
 * a request are asked for together, the repository that it is addressed to first, since some services look at the first only.
 */
final class BearerAuthorization {
    private final String host;
    private final RealmRule rule;
    private final TokenClient client;
    private final Trials trials;
    private final AccessTokens tokens;
    /** By repository: the scopes that the registry wants in place of ours; mostly none. */
    private final Map<String, List<String>> demanded = new ConcurrentHashMap<>();

    private volatile @Nullable Service service;

    BearerAuthorization(String host, RealmRule rule, TokenClient client, Trials trials, LongSupplier nanos) {
        this.host = host;
        this.rule = rule;
        this.client = client;
        this.trials = trials;
        this.tokens = new AccessTokens(nanos);
    }

    /**
     * A registry's token service.
     *
     * @param realm where it is
     * @param name what it calls the registry
     */
    private record Service(RealmRule.Realm realm, @Nullable String name) {}

    /** Whether the registry has named its token service. */
    boolean known() {
        return service != null;
    }

    /** Learns from a challenge. */
    void learn(Challenge challenge, HttpReply reply, List<Access> access) throws IOException {
        RealmRule.Realm realm =
                rule.judge(reply.url(), challenge.parameter("realm").orElse(""), reply.address());
        demanded.put(access.get(0).repository(), foreignScopes(challenge, access));
        service = new Service(realm, challenge.parameter("service").orElse(null));
    }

    /** A token for a request, one at hand if there is one. */
    AccessToken token(CallScope scope, @Nullable Credential credential, List<Access> access) throws IOException {
        Service current = service;
        if (current == null) {
            throw new IllegalStateException("no token service is known");
        }
        Optional<AccessToken> atHand = tokens.covering(credential, access);
        if (atHand.isPresent()) {
            return atHand.get();
        }
        List<String> extra = demanded.getOrDefault(access.get(0).repository(), List.of());
        AccessTokens.Key key = new AccessTokens.Key(credential, access, extra);
        TokenRequest request = new TokenRequest(
                host, current.realm(), current.name(), extra.isEmpty() ? scopes(access) : extra, credential);
        return tokens.get(key, () -> fetch(scope, request, access.size() == 1));
    }

    /** Forgets a token that the registry did not take. */
    void reject(AccessToken token) {
        tokens.reject(token.value());
    }

    private AccessToken fetch(CallScope scope, TokenRequest request, boolean tellsOnCredential) {
        if (request.credential() == null) {
            return client.fetch(scope, request);
        }
        try {
            return trials.of(request.credential())
                    .attempt(new FetchUse(client, scope, request, tellsOnCredential))
                    .orElseThrow(() -> refusedBefore(request));
        } catch (IOException impossible) {
            throw new IllegalStateException("a token request reports failures as exceptions of stores", impossible);
        }
    }

    private AccessDeniedException refusedBefore(TokenRequest request) {
        return new AccessDeniedException(
                401,
                "token request to " + request.realm().url(),
                "the credentials for " + host + " were refused and are not tried again",
                "Check the credentials for " + host + ".");
    }

    private static List<String> scopes(List<Access> access) {
        Set<String> scopes = new LinkedHashSet<>();
        access.stream().map(Access::scope).filter(scope -> !scope.isEmpty()).forEach(scopes::add);
        return List.copyOf(scopes);
    }

    /** The challenge's scopes, if they are about something else than the repositories of the request. */
    private static List<String> foreignScopes(Challenge challenge, List<Access> access) {
        List<String> scopes = new ArrayList<>(challenge.scopes());
        boolean ours = scopes.stream()
                .anyMatch(scope -> access.stream()
                        .anyMatch(item -> scope.startsWith("repository:" + item.repository() + ":")
                                || scope.startsWith("repository(plugin):" + item.repository() + ":")));
        scopes.removeIf(scope -> scope.equals("*"));
        return ours ? List.of() : scopes;
    }

    /** Fetching a token as a use of its credential. */
    private record FetchUse(TokenClient client, CallScope scope, TokenRequest request, boolean tellsOnCredential)
            implements CredentialTrial.Use<AccessToken> {
        @Override
        public AccessToken run() {
            return client.fetch(scope, request);
        }

        @Override
        public CredentialTrial.Verdict verdict(AccessToken token) {
            return CredentialTrial.Verdict.TAKEN;
        }

        @Override
        public CredentialTrial.Verdict verdict(RuntimeException failure) {
            // With several scopes a 401 may be about one of them; with one it is about who asks.
            boolean refused = failure instanceof AccessDeniedException denied && denied.status() == 401;
            return refused && tellsOnCredential ? CredentialTrial.Verdict.REFUSED : CredentialTrial.Verdict.OPEN;
        }
    }
}
