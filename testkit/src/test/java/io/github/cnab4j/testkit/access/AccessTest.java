/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import static io.github.cnab4j.testkit.Http.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.Http;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.log.Kind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final Account ALICE = Account.of("alice", "s:ecret").withIdentityToken("id-1");
    private static final Account READER = Account.of("reader", "pw").allowed(repository -> Set.of("pull"));
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private TestRegistry registry;
    private Http http;

    private void start(Access access) {
        registry = TestRegistry.builder().access(access).start();
        registry.repository("a").putManifest("x/y", "{}".getBytes(UTF_8), "1.0");
        http = new Http(registry);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static String basic(Account account) {
        byte[] pair = (account.name() + ":" + account.password()).getBytes(UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Nested
    class Basic {
        @Test
        void letsInWhoHasAPassword() {
            start(Access.basic(ALICE, READER));
            HttpResponse<byte[]> refused = http.get("/v2/");

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Basic realm=\"test\"");
            assertThat(http.get("/v2/", "Authorization", "Basic x").statusCode())
                    .isEqualTo(401);
            assertThat(http.get("/v2/", "Authorization", basic(ALICE)).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void deniesWhatAnAccountMayNotDo() {
            start(Access.basic(ALICE, READER));

            assertThat(http.get("/v2/a/manifests/1.0", "Authorization", basic(READER))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(http.send("POST", "/v2/a/blobs/uploads/", "Authorization", basic(READER))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(http.send("POST", "/v2/a/blobs/uploads/", "Authorization", basic(ALICE))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Nested
    class Tokens {
        private String tokenFor(Account account, String scope) {
            HttpResponse<byte[]> reply = http.get("/token?service=x&scope=" + scope, "Authorization", basic(account));
            assertThat(reply.statusCode()).isEqualTo(200);
            return tokenIn(reply);
        }

        private String tokenIn(HttpResponse<byte[]> reply) {
            Matcher matcher = TOKEN.matcher(new String(reply.body(), UTF_8));
            assertThat(matcher.find()).isTrue();
            return matcher.group(1);
        }

        private int put(String token) {
            return http.send(
                            "PUT",
                            "/v2/a/manifests/2.0",
                            "{}".getBytes(UTF_8),
                            "Authorization",
                            "Bearer " + token,
                            "Content-Type",
                            "x/y")
                    .statusCode();
        }

        @Test
        void theChallengeNamesRealmAndScopes() {
            start(Access.tokens(ALICE));
            HttpResponse<byte[]> read = http.get("/v2/a/b/manifests/1.0");
            HttpResponse<byte[]> mount = http.send("POST", "/v2/a/blobs/uploads/?mount=sha256:x&from=b/c");
            HttpResponse<byte[]> ping = http.get("/v2/");

            assertThat(read.statusCode()).isEqualTo(401);
            assertThat(header(read, "WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"" + registry.uri()
                            + "/token\",service=\"test-registry\",scope=\"repository:a/b:pull\"");
            assertThat(header(mount, "WWW-Authenticate"))
                    .contains("scope=\"repository:a:pull,push repository:b/c:pull\"");
            assertThat(header(ping, "WWW-Authenticate"))
                    .startsWith("Bearer realm=")
                    .doesNotContain("scope=");
        }

        @Test
        void aTokenIsGoodForWhatItWasAskedFor() {
            start(Access.tokens(ALICE));
            String pull = tokenFor(ALICE, "repository:a:pull");
            HttpResponse<byte[]> insufficient =
                    http.send("PUT", "/v2/a/manifests/2.0", "{}".getBytes(UTF_8), "Authorization", "Bearer " + pull);

            assertThat(http.get("/v2/a/manifests/1.0", "Authorization", "bearer " + pull)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(insufficient.statusCode()).isEqualTo(401);
            assertThat(header(insufficient, "WWW-Authenticate")).contains("error=\"insufficient_scope\"");
            assertThat(put(tokenFor(ALICE, "repository:a:pull,push"))).isEqualTo(201);
            assertThat(registry.log().count("GET", Kind.TOKEN)).isEqualTo(2);
        }

        @Test
        void severalScopesMakeOneToken() {
            start(Access.tokens(ALICE));
            String token = tokenFor(ALICE, "repository:a:pull,push&scope=repository:b:pull");

            assertThat(http.send(
                                    "POST",
                                    "/v2/a/blobs/uploads/?mount=sha256:" + "0".repeat(64) + "&from=b",
                                    "Authorization",
                                    "Bearer " + token)
                            .statusCode())
                    .isEqualTo(202);
        }

        @Test
        void rightsBoundWhatATokenIsGoodFor() {
            start(Access.tokens(READER));
            assertThat(put(tokenFor(READER, "repository:a:pull,push"))).isEqualTo(401);
        }

        @Test
        void anonymousCallersPullWhereAllowed() {
            start(Access.tokens(ALICE).withAnonymousPull());
            String token = tokenIn(http.get("/token?scope=repository:a:pull,push"));

            assertThat(http.get("/v2/a/manifests/1.0", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(put(token)).isEqualTo(401);
        }

        @Test
        void wrongCredentialsGetNoToken() {
            start(Access.tokens(ALICE).withAnonymousPull());
            Account impostor = Account.of("alice", "wrong");

            assertThat(http.get("/token?scope=repository:a:pull", "Authorization", basic(impostor))
                            .statusCode())
                    .isEqualTo(401);
        }

        @Test
        void aPostTakesAnIdentityTokenOrAPassword() {
            start(Access.tokens(ALICE));
            String common = "service=test-registry&client_id=t&scope=repository:a:pull,push&grant_type=";
            HttpResponse<byte[]> byIdentity = post(common + "refresh_token&refresh_token=id-1");
            HttpResponse<byte[]> byPassword = post(common + "password&username=alice&password=s%3Aecret");

            assertThat(put(tokenIn(byIdentity))).isEqualTo(201);
            assertThat(put(tokenIn(byPassword))).isEqualTo(201);
            assertThat(post(common + "refresh_token&refresh_token=other").statusCode())
                    .isEqualTo(401);
            assertThat(post("grant_type=password&username=alice&password=s%3Aecret")
                            .statusCode())
                    .isEqualTo(400);
        }

        private HttpResponse<byte[]> post(String form) {
            return http.send(
                    "POST", "/token", form.getBytes(UTF_8), "Content-Type", "application/x-www-form-urlencoded");
        }

        @Test
        void aTokenEnds() {
            Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
            start(Access.tokens(ALICE).withLifetime(Duration.ofSeconds(60)).withClock(() -> now[0]));
            String token = tokenFor(ALICE, "repository:a:pull,push");

            assertThat(put(token)).isEqualTo(201);
            now[0] = now[0].plusSeconds(60);
            assertThat(put(token)).isEqualTo(401);
        }
    }

    @Test
    void anAccountDoesNotShowItsSecrets() {
        start(Access.anonymous());
        assertThat(ALICE.toString()).contains("alice").doesNotContain("s:ecret").doesNotContain("id-1");
    }
}
