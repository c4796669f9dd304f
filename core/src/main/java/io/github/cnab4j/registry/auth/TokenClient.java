/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.registry.http.BoundedBody;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.NoAnswer;
import io.github.cnab4j.registry.http.RegistryWords;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a token service for an access token: by GET (Docker's token authentication specification), by POST with an identity token
 * (its OAuth 2 companion), each by the other where the service does not know it.
 */
final class TokenClient {
    private static final String CLIENT_ID = "cnab4j";
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final JsonLimits LIMITS = new JsonLimits(LARGEST_ANSWER, 32, 10_000);
    /** What a token lasts where the service does not say (Docker's token authentication specification). */
    private static final long DEFAULT_SECONDS = 60;

    private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> PASSING = Set.of(408, 425, TOO_MANY_REQUESTS);
    private static final Set<Integer> OTHER_METHOD = Set.of(404, 405);

    private final HttpTransport following;
    private final HttpTransport straight;
    private final LongSupplier nanos;

    /**
     * A client over two transports.
     *
     * @param following one that follows redirects; what carries a secret in its body does not go this way
     * @param straight one that does not
     * @param nanos monotonic clock
     */
    TokenClient(HttpTransport following, HttpTransport straight, LongSupplier nanos) {
        this.following = following;
        this.straight = straight;
        this.nanos = nanos;
    }

    /**
     * A token for these scopes.
     *
     * @throws AccessDeniedException if the service refuses
     * @throws StoreException if it fails
     */
    AccessToken fetch(CallScope scope, TokenRequest request) {
        try (HttpReply reply = ask(scope, request)) {
            return token(request, reply);
        } catch (IOException failed) {
            throw unanswered(request, failed);
        }
    }

    private static TransportException unanswered(TokenRequest request, IOException failed) {
        String service = request.realm().url().origin().authority();
        NoAnswer why = NoAnswer.of("the token service " + service, service, failed);
        return new TransportException(
                ErrorCode.UNREACHABLE,
                "token request to " + request.realm().url(),
                "cannot get a token for " + request.shown() + ": " + why.reason(),
                why.hint(),
                failed);
    }

    /** The answer to the request by the usual method, or by the other one. */
    private HttpReply ask(CallScope scope, TokenRequest request) throws IOException {
        boolean identity = request.credential() instanceof Credential.IdentityToken;
        HttpReply reply = send(scope, identity ? post(request) : get(request));
        if (request.credential() == null || !needsOther(reply.status(), identity)) {
            return reply;
        }
        reply.close();
        return send(scope, identity ? get(request) : post(request));
    }

    /** Services of old know identity tokens as passwords only, and say so with a 401. */
    private static boolean needsOther(int status, boolean identity) {
        return OTHER_METHOD.contains(status) || (identity && status == 401);
    }

    private HttpReply send(CallScope scope, HttpCall call) throws IOException {
        return (call.body() == null ? following : straight).execute(scope, call);
    }

    private static HttpCall get(TokenRequest request) {
        HttpUrl url = request.realm().url();
        if (request.service() != null) {
            url = url.withParameter("service", request.service());
        }
        for (String scope : request.scopes()) {
            url = url.withParameter("scope", scope);
        }
        HttpCall call = HttpCall.of("GET", url)
                .withReadAhead(LARGEST_ANSWER)
                .toPublicOnly(request.realm().publicOnly());
        if (request.credential() instanceof Credential.Basic basic) {
            return call.withHeader("Authorization", basicHeader(basic.user(), basic.secret()));
        }
        if (request.credential() instanceof Credential.IdentityToken identity) {
            return call.withHeader("Authorization", basicHeader("", identity.token()));
        }
        return call;
    }

    private static HttpCall post(TokenRequest request) {
        StringBuilder form = new StringBuilder();
        if (request.credential() instanceof Credential.IdentityToken identity) {
            field(form, "grant_type", "refresh_token");
            field(form, "refresh_token", identity.token());
        } else if (request.credential() instanceof Credential.Basic basic) {
            field(form, "grant_type", "password");
            field(form, "username", basic.user());
            field(form, "password", basic.secret());
        }
        field(form, "client_id", CLIENT_ID);
        if (request.service() != null) {
            field(form, "service", request.service());
        }
        field(form, "scope", String.join(" ", request.scopes()));
        return HttpCall.of("POST", request.realm().url())
                .asRepeatable()
                .withReadAhead(LARGEST_ANSWER)
                .toPublicOnly(request.realm().publicOnly())
                .withHeader("Content-Type", "application/x-www-form-urlencoded")
                .withBody(HttpBody.ofBytes(form.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    private static void field(StringBuilder form, String name, String value) {
        if (form.length() > 0) {
            form.append('&');
        }
        form.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    static String basicHeader(String user, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private AccessToken token(TokenRequest request, HttpReply reply) throws IOException {
        if (reply.status() != 200) {
            throw refused(request, reply);
        }
        long received = nanos.getAsLong();
        byte[] body = BoundedBody.whole(reply.body(), LARGEST_ANSWER)
                .orElseThrow(() -> unusable(request, reply, "its answer is too long", null));
        JsonObject json;
        try {
            json = JsonReader.readObject(body, LIMITS);
        } catch (InvalidInputException invalid) {
            throw unusable(request, reply, invalid.getMessage(), invalid);
        }
        String value = json.string("token")
                .filter(text -> !text.isEmpty())
                .or(() -> json.string("access_token"))
                .filter(AccessTokens::fitsHeader)
                .orElseThrow(() -> unusable(request, reply, "its answer holds no token", null));
        return new AccessToken(value, received + TimeUnit.MILLISECONDS.toNanos(usableMillis(json)));
    }

    /** A token is given up a little before its end: it has to last until the registry has looked at it. */
    private static long usableMillis(JsonObject json) {
        OptionalLong told =
                json.get("expires_in") instanceof JsonNumber number ? number.toLong() : OptionalLong.empty();
        long seconds = told.isPresent() && told.getAsLong() > 0 ? told.getAsLong() : DEFAULT_SECONDS;
        long millis = TimeUnit.SECONDS.toMillis(Math.min(seconds, LONGEST_SECONDS));
        return millis - Math.min(millis / 4, TimeUnit.SECONDS.toMillis(10));
    }

    private static StoreException refused(TokenRequest request, HttpReply reply) {
        RegistryWords words = RegistryWords.read(reply);
        String asked = reply.url().toString();
        String message = "cannot get a token for " + request.shown() + ": the token service "
                + reply.url().origin().authority() + " answered " + reply.status() + words.suffix();
        int status = reply.status();
        if (words.mention("rate limit")) {
            status = TOO_MANY_REQUESTS;
        }
        if (status == 401 || status == 403) {
            return new AccessDeniedException(status, "token request to " + asked, message, hint(request));
        }
        if (PASSING.contains(status) || status >= 500) {
            return new RejectedException(
                    status, words.codes(), "token request to " + asked, message, "Try again later.");
        }
        // Services answer unknown repositories and malformed scopes with any 4xx: all of them mean no.
        return new AccessDeniedException(403, "token request to " + asked, message, hint(request));
    }

    private static String hint(TokenRequest request) {
        return request.credential() == null
                ? "There are no credentials for " + request.host() + ": log in (cnab-to-oci login " + request.host()
                        + ")."
                : "Check the credentials for " + request.host() + " and what they allow.";
    }

    private static TransportException unusable(
            TokenRequest request, HttpReply reply, String why, @Nullable Throwable cause) {
        return new TransportException(
                ErrorCode.PROTOCOL_ERROR,
                "token request to " + reply.url(),
                "cannot get a token for " + request.shown() + " from "
                        + reply.url().origin().authority() + ": " + why,
                null,
                cause);
    }

    /**
     * What is asked of a token service.
     *
     * @param host the registry, as users name it
     * @param realm the service
     * @param service name of the registry to its token service
     * @param scopes what the token has to allow, the most important first
     * @param credential who asks; null for nobody
     */
    record TokenRequest(
            String host,
            RealmRule.Realm realm,
            @Nullable String service,
            List<String> scopes,
            @Nullable Credential credential) {
        TokenRequest {
            scopes = List.copyOf(scopes);
        }

        String shown() {
            return RegistryWords.clean(scopes.isEmpty() ? host : host + " (" + String.join(" ", scopes) + ")");
        }
    }
}
