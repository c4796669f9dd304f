/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cnab4j.registry.auth.AuthenticatingTransport;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.TokenServices;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.FarAway;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.RedirectingTransport;
import io.github.cnab4j.registry.http.TestTransports;
import io.github.cnab4j.registry.http.Transports;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S06: a registry on the public network does not send its clients to addresses inside their own. The registry here is taken for one
 * on the public network; what it names is a server of this machine, under all its names.
 */
@Timeout(60)
class InternalAddressTest {
    private static final CallScope SCOPE = CallScope.unbounded();

    @RegisterExtension
    final Scene scene = new Scene();

    private HttpTransport transport(TestRegistry registry, TestRegistry... alsoFar) {
        Origin[] far = new Origin[alsoFar.length + 1];
        far[0] = origin(registry);
        for (int i = 0; i < alsoFar.length; i++) {
            far[i + 1] = origin(alsoFar[i]);
        }
        HttpTransport base =
                scene.keep(Transports.pooled(TestTransports.options(Duration.ofSeconds(5), Duration.ofSeconds(5), 4)));
        return new RedirectingTransport(new AuthenticatingTransport(
                new FarAway(base, far),
                registry.host(),
                far[0],
                true,
                (host, repository) -> Optional.of(new Credential.Basic("ann", Scene.SECRET)),
                TokenServices.any(),
                System::nanoTime));
    }

    private static Origin origin(TestRegistry registry) {
        return HttpUrl.parse(registry.uri() + "/").orElseThrow().origin();
    }

    private static HttpCall blob(TestRegistry registry) {
        return HttpCall.of(
                        "GET",
                        HttpUrl.of(
                                origin(registry),
                                "/v2/app/blobs/" + Scene.LAYER.descriptor().digest()))
                .withAccess(List.of(Access.pull("app")));
    }

    private static void demandTokenFrom(TestRegistry registry, String realm) {
        registry.inject(
                RequestPattern.any(),
                Fault.reply(Response.of(401).with("WWW-Authenticate", "Bearer realm=\"" + realm + "\"")));
    }

    private static void assertRefused(HttpTransport transport, HttpCall call, TestRegistry inside) {
        Throwable refused = catchThrowable(() -> transport.execute(SCOPE, call).close());

        assertThat(refused).hasMessageContaining("internal address").hasMessageNotContaining(Scene.SECRET);
        assertThat(inside.log().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1", "localhost", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"})
    void tokenServiceAtAnInternalAddress_isNotAsked(String name) {
        TestRegistry inside = scene.registry(Scene.TOKENS);
        TestRegistry registry = scene.registry();
        demandTokenFrom(registry, inside.uri().toString().replace("127.0.0.1", name) + "/token");

        assertRefused(transport(registry), blob(registry), inside);
    }

    /** Nobody is there, and nobody is knocked at: it would take the connect timeout, or hours, to find out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "100.100.100.200",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[::ffff:169.254.169.254]"
            })
    void privateOrLinkLocalTokenService_isNotEvenConnectedTo(String address) {
        for (String scheme : List.of("http", "https")) {
            TestRegistry registry = scene.registry();
            demandTokenFrom(registry, scheme + "://" + address + "/token");

            assertRefused(transport(registry), blob(registry), scene.registry());
        }
    }

    @Test
    void tokenServiceThatRedirectsToAnInternalAddress_isNotFollowed() {
        TestRegistry inside = scene.registry(Scene.TOKENS);
        TestRegistry tokens = scene.registry();
        TestRegistry registry = scene.registry();
        tokens.inject(RequestPattern.any(), Fault.redirect(302, inside.uri() + "/token"));
        demandTokenFrom(registry, tokens.uri() + "/token");

        assertRefused(transport(registry, tokens), blob(registry), inside);
        assertThat(tokens.log().count()).isEqualTo(1);
    }

    @Test
    void redirectToAnInternalAddress_isNotFollowed() {
        TestRegistry inside = scene.registry();
        TestRegistry registry = scene.registry();
        registry.inject(RequestPattern.any(), Fault.redirect(307, inside.uri() + "/latest/meta-data"));

        assertRefused(transport(registry), blob(registry), inside);
    }

    /** The control: the same way is open where the registry itself is inside. */
    @Test
    void registryInside_maySendItsClientsThere() throws IOException {
        TestRegistry inside = scene.registry();
        String digest = inside.repository("store").putBlob(Scene.LAYER.bytes());
        TestRegistry registry = scene.registry();
        registry.inject(RequestPattern.any(), Fault.redirect(307, inside.uri() + "/v2/store/blobs/" + digest));

        try (HttpReply reply = transport(inside).execute(SCOPE, blob(registry))) {
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(inside.log().count()).isEqualTo(1);
    }
}
