/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.RedirectingTransport;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Authorises the requests to one registry. What goes to another origin passes without credentials, whoever sent it there. A
 * challenge is answered once per request: Bearer before Basic; what was learnt from it goes along with the next requests.
 */
public final class AuthenticatingTransport implements HttpTransport {
    /** How much of a refusal is kept, in bytes. */
    private static final int LARGEST_REFUSAL = 64 * 1024;

    private final HttpTransport next;
    private final String host;
    private final Origin registry;
    private final CredentialProvider credentials;
    private final Trials trials;
    private final BearerAuthorization bearer;
    private final FrontDoor frontDoor;
    private volatile boolean basicKnown;

    /**
     * Decorates another transport.
     *
     * @param host the registry as users name it, the key of its credentials
     * @param registry where it is, the only place that sees them
     * @param insecure whether the user named it as one that needs no verified TLS
     * @param tokenServices those that may be asked for tokens
     * @param nanos monotonic clock
     */
    public AuthenticatingTransport(
            HttpTransport next,
            String host,
            Origin registry,
            boolean insecure,
            CredentialProvider credentials,
            TokenServices tokenServices,
            LongSupplier nanos) {
        this.next = next;
        this.host = host;
        this.registry = registry;
        this.credentials = credentials;
        this.trials = new Trials(nanos);
        TokenClient client = new TokenClient(new RedirectingTransport(next), next, nanos);
        RealmRule realms = new RealmRule(registry, insecure, tokenServices);
        this.bearer = new BearerAuthorization(host, realms, client, trials, nanos);
        this.frontDoor = new FrontDoor(next, registry);
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        if (!call.url().origin().equals(registry) || call.access().isEmpty()) {
            return next.execute(scope, call);
        }
        Optional<HttpReply> authorized = asKnown(scope, call);
        if (authorized.isPresent()) {
            return authorized.get();
        }
        HttpReply reply = next.execute(scope, call);
        return turnsAway(call, reply) ? introduced(scope, call, reply) : challenged(scope, call, null, reply);
    }

    /** The request in the way that the registry asked for before; empty if it did not, or if we cannot. */
    private Optional<HttpReply> asKnown(CallScope scope, HttpCall call) throws IOException {
        if (bearer.known()) {
            Credential credential = credential(call);
            if (!(credential instanceof Credential.RegistryToken)) {
                AccessToken token = bearer.token(scope, credential, call.access());
                return Optional.of(challenged(scope, call, token, next.execute(scope, withToken(call, token.value()))));
            }
        }
        if (basicKnown && credential(call) instanceof Credential.Basic basic) {
            Optional<HttpReply> reply = withPassword(scope, call, basic);
            return Optional.of(reply.isPresent() ? reply.get() : refused(next.execute(scope, call)));
        }
        return Optional.empty();
    }

    /** Whether an answer is one that registries give to strangers in place of a challenge. */
    private boolean turnsAway(HttpCall call, HttpReply reply) {
        boolean denied = reply.status() == 404
                || (reply.status() == 403
                        && reply.headers().all("WWW-Authenticate").isEmpty());
        return denied && call.body() == null && !(frontDoor.wasAsked() && !bearer.known() && !basicKnown);
    }

    /** The request once more with the credentials that there are, if the registry wants any. */
    private HttpReply introduced(CallScope scope, HttpCall call, HttpReply reply) throws IOException {
        Credential credential = credentialOrClose(call, reply);
        if (credential == null) {
            return reply;
        }
        // With one connection there would be none left for the questions.
        HttpReply kept = reply.detached(LARGEST_REFUSAL);
        frontDoor.ask(scope, this::learn);
        if (credential instanceof Credential.RegistryToken token && bearer.known()) {
            return hinted(next.execute(scope, withToken(call, token.token())), credential);
        }
        return asKnown(scope, call).orElse(kept);
    }

    private void learn(List<Challenge> challenges, HttpReply reply, List<Access> access) throws IOException {
        Optional<Challenge> byToken =
                challenges.stream().filter(Challenge::isBearer).findFirst();
        if (byToken.isPresent()) {
            bearer.learn(byToken.get(), reply, access);
        } else {
            basicKnown = challenges.isEmpty() || challenges.stream().anyMatch(Challenge::isBasic);
        }
    }

    /** Looked for when the registry has asked for it: a public one costs no run of a credential helper. */
    private @Nullable Credential credential(HttpCall call) {
        return credentials.find(host, call.access().get(0).repository()).orElse(null);
    }

    @Override
    public void close() {
        next.close();
    }

    /** Answers a challenge, if the reply is one. */
    private HttpReply challenged(CallScope scope, HttpCall call, @Nullable AccessToken used, HttpReply reply)
            throws IOException {
        if (reply.status() != 401 && reply.status() != 403) {
            return reply;
        }
        List<Challenge> challenges = ChallengeParser.parse(reply.headers().all("WWW-Authenticate"));
        Optional<Challenge> byToken =
                challenges.stream().filter(Challenge::isBearer).findFirst();
        if (reply.status() == 403 && byToken.filter(Challenge::wantsMoreScope).isEmpty()) {
            return reply;
        }
        Credential credential = credentialOrClose(call, reply);
        if (byToken.isPresent()) {
            return answerBearer(scope, call, credential, used, byToken.get(), reply);
        }
        boolean byPassword = challenges.isEmpty() || challenges.stream().anyMatch(Challenge::isBasic);
        if (byPassword && credential instanceof Credential.Basic basic) {
            basicKnown = true;
            return answerBasic(scope, call, basic, reply);
        }
        return reply.withAuthorizationHint(
                credential == null ? nobody() : "The credentials for " + host + " are not of a kind that it takes.");
    }

    private @Nullable Credential credentialOrClose(HttpCall call, HttpReply challenge) {
        try {
            return credential(call);
        } catch (RuntimeException failed) {
            challenge.close();
            throw failed;
        }
    }

    private HttpReply answerBearer(
            CallScope scope,
            HttpCall call,
            @Nullable Credential credential,
            @Nullable AccessToken used,
            Challenge challenge,
            HttpReply reply)
            throws IOException {
        if (credential instanceof Credential.RegistryToken token) {
            reply.close();
            return hinted(next.execute(scope, withToken(call, token.token())), credential);
        }
        try (reply) {
            bearer.learn(challenge, reply, call.access());
        }
        if (used != null) {
            bearer.reject(used);
        }
        AccessToken fresh = bearer.token(scope, credential, call.access());
        return hinted(next.execute(scope, withToken(call, fresh.value())), credential);
    }

    private HttpReply answerBasic(CallScope scope, HttpCall call, Credential.Basic basic, HttpReply challenge)
            throws IOException {
        // With as many connections as requests there would be none left for the answer.
        HttpReply kept = challenge.detached(LARGEST_REFUSAL);
        return withPassword(scope, call, basic).orElseGet(() -> refused(kept));
    }

    /** The request with a password; empty if that was refused before. */
    private Optional<HttpReply> withPassword(CallScope scope, HttpCall call, Credential.Basic basic)
            throws IOException {
        HttpCall authorized = call.withHeader("Authorization", TokenClient.basicHeader(basic.user(), basic.secret()));
        Optional<HttpReply> reply = trials.of(basic).attempt(new PasswordUse(next, scope, authorized));
        return reply.map(answer -> answer.status() == 401 ? refused(answer) : answer);
    }

    private HttpReply refused(HttpReply reply) {
        return reply.withAuthorizationHint(credentials
                .refusal(host)
                .orElse("The credentials for " + host + " were refused: log in again (cnab-to-oci login " + host
                        + ")."));
    }

    private HttpReply hinted(HttpReply reply, @Nullable Credential credential) {
        if (reply.status() != 401 && reply.status() != 403) {
            return reply;
        }
        return reply.withAuthorizationHint(
                credential == null
                        ? nobody()
                        : "The credentials for " + host + " do not allow this: check them and the account's rights.");
    }

    private String nobody() {
        return credentials
                .absence(host)
                .orElse("There are no credentials for " + host + ": log in (cnab-to-oci login " + host
                        + "), or check the name of the repository.");
    }

    private static HttpCall withToken(HttpCall call, String token) {
        return call.withHeader("Authorization", "Bearer " + token);
    }

    /** A request with a password as a use of it. */
    private record PasswordUse(HttpTransport next, CallScope scope, HttpCall call)
            implements CredentialTrial.Use<HttpReply> {
        @Override
        public HttpReply run() throws IOException {
            return next.execute(scope, call);
        }

        @Override
        public CredentialTrial.Verdict verdict(HttpReply reply) {
            if (reply.status() == 401) {
                return CredentialTrial.Verdict.REFUSED;
            }
            boolean undecided = reply.status() == 429 || reply.status() >= 500;
            return undecided ? CredentialTrial.Verdict.OPEN : CredentialTrial.Verdict.TAKEN;
        }
    }
}
