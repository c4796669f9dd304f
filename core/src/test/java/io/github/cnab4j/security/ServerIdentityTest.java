/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import static io.github.cnab4j.security.Scene.ann;
import static io.github.cnab4j.security.Scene.byName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.registry.auth.TokenServices;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.tls.SelfSigned;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets anything whose certificate is not trusted, and encryption is not given up on the way. */
@Timeout(60)
class ServerIdentityTest {
    private static final CallScope SCOPE = CallScope.unbounded();

    private static SelfSigned trusted;
    private static SelfSigned stranger;

    @RegisterExtension
    final Scene scene = new Scene();

    @BeforeAll
    static void makeCertificates() throws IOException {
        trusted = SelfSigned.create();
        stranger = SelfSigned.create();
    }

    private RegistryClient.Builder careful() {
        return ann().sslContext(trusted.clientContext());
    }

    private static CnabException refusal(RegistryStore store) {
        return catchThrowableOfType(
                CnabException.class,
                () -> store.push(SCOPE, Scene.LAYER.descriptor(), Scene.LAYER.source(), PushHints.NONE));
    }

    private static void demandTokenFrom(TestRegistry registry, String realm) {
        registry.inject(
                RequestPattern.any().and(request -> !request.headers().contains("Authorization")),
                Fault.reply(Response.of(401).with("WWW-Authenticate", "Bearer realm=\"" + realm + "\"")));
    }

    @Test
    void certificateOfAStranger_isRefused() {
        TestRegistry registry = scene.tlsRegistry(Scene.BASIC, stranger.serverContext());

        assertThat(refusal(scene.store(byName(registry), careful().insecureHosts(Set.of("registry.example")))))
                .hasMessageContaining(byName(registry));
        assertThat(registry.log().count()).isZero();
    }

    /** S25: the registry itself is trusted, the token service is not. */
    @Test
    void certificateOfAStrangerAtTheTokenService_isRefused() {
        TestRegistry tokens = scene.tlsRegistry(Scene.TOKENS, stranger.serverContext());
        TestRegistry registry = scene.tlsRegistry(Access.anonymous(), trusted.serverContext());
        demandTokenFrom(registry, tokens.uri() + "/token");

        assertThat(refusal(scene.store(byName(registry), careful()))).hasMessageNotContaining(Scene.SECRET);
        assertThat(registry.log().count()).isPositive();
        assertThat(tokens.log().count()).isZero();
    }

    /** S25: naming one registry insecure says nothing about its token service. */
    @Test
    void insecureRegistry_doesNotMakeItsTokenServiceInsecure() {
        TestRegistry tokens = scene.tlsRegistry(Scene.TOKENS, stranger.serverContext());
        TestRegistry registry = scene.tlsRegistry(Access.anonymous(), stranger.serverContext());
        demandTokenFrom(registry, tokens.uri() + "/token");

        assertThat(refusal(scene.store(registry, careful().insecureHosts(Set.of(registry.host())))))
                .hasMessageNotContaining(Scene.SECRET);
        assertThat(registry.log().count()).isPositive();
        assertThat(tokens.log().count()).isZero();
    }

    /** S05: a realm without encryption. */
    @Test
    void tokenServiceWithoutEncryption_isNotAsked() {
        TestRegistry tokens = scene.registry(Scene.TOKENS);
        TestRegistry registry = scene.tlsRegistry(Access.anonymous(), trusted.serverContext());
        demandTokenFrom(registry, tokens.uri() + "/token");

        assertThat(refusal(scene.store(byName(registry), careful()))).hasMessageContaining("not encrypted");
        assertThat(tokens.log().count()).isZero();
    }

    /** S05: one over TLS at another place is what Docker Hub has. */
    @Test
    void tokenServiceAtAnotherPlace_isAskedOverTls() {
        TestRegistry tokens = scene.tlsRegistry(Scene.TOKENS, trusted.serverContext());
        TestRegistry registry = scene.tlsRegistry(Access.anonymous(), trusted.serverContext());
        demandTokenFrom(registry, tokens.uri() + "/token");

        assertThat(scene.store(byName(registry), careful())
                        .push(SCOPE, Scene.LAYER.descriptor(), Scene.LAYER.source(), PushHints.NONE))
                .isNotNull();
        assertThat(tokens.log().count(Kind.TOKEN)).isPositive();
    }

    /** S05: for whoever wants to know all who see credentials. */
    @Test
    void tokenServiceThatIsNotAmongThoseThatMayBeAsked_isNotAsked() {
        TestRegistry tokens = scene.tlsRegistry(Scene.TOKENS, trusted.serverContext());
        TestRegistry registry = scene.tlsRegistry(Access.anonymous(), trusted.serverContext());
        demandTokenFrom(registry, tokens.uri() + "/token");
        TokenServices others = TokenServices.only(Set.of("127.0.0.1", "auth.example"));

        assertThat(refusal(scene.store(byName(registry), careful().tokenServices(others))))
                .hasMessageContaining(tokens.host() + "/token")
                .hasMessageContaining("it is not among those that may be asked (--token-services)");
        assertThat(tokens.log().count()).isZero();

        TokenServices named = TokenServices.only(Set.of(tokens.host()));
        assertThat(scene.store(byName(registry), careful().tokenServices(named))
                        .push(SCOPE, Scene.LAYER.descriptor(), Scene.LAYER.source(), PushHints.NONE))
                .isNotNull();
    }

    /** One at the registry itself needs no naming. */
    @Test
    void tokenServiceOfTheRegistryItself_mayAlwaysBeAsked() {
        TestRegistry registry = scene.tlsRegistry(Scene.TOKENS, trusted.serverContext());

        assertThat(scene.store(byName(registry), careful().tokenServices(TokenServices.only(Set.of())))
                        .push(SCOPE, Scene.LAYER.descriptor(), Scene.LAYER.source(), PushHints.NONE))
                .isNotNull();
    }

    /** S26, S03: by redirect, whatever is asked. */
    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT"})
    void redirectThatGivesUpEncryption_isNotFollowed(String method) {
        TestRegistry plain = scene.registry();
        TestRegistry registry = scene.tlsRegistry(Scene.BASIC, trusted.serverContext());
        InjectedFault redirect = registry.inject(
                RequestPattern.of(method).and(request -> request.headers().contains("Authorization")),
                Fault.custom((request, next) -> Response.of(307).with("Location", plain.uri() + request.path())));

        assertThat(refusal(scene.store(byName(registry), careful()))).hasMessageContaining("encryption");
        assertThat(redirect.strikes()).isPositive();
        assertThat(plain.log().count()).isZero();
    }

    /** S26: by the Location of an upload at another host. */
    @Test
    void uploadThatGivesUpEncryption_isNotGoneOnWith() {
        TestRegistry plain = scene.registry();
        TestRegistry registry = scene.tlsRegistry(Scene.BASIC, trusted.serverContext());
        registry.inject(
                RequestPattern.of("POST", Kind.UPLOAD)
                        .and(request -> request.headers().contains("Authorization")),
                Fault.reply(Response.of(202).with("Location", plain.uri() + "/v2/app/blobs/uploads/1")));

        assertThat(refusal(scene.store(byName(registry), careful()))).hasMessageContaining("without encryption");
        assertThat(plain.log().count()).isZero();
    }
}
