/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.http.AddressRule;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.proxy.ProxiedRequest;
import io.github.cnab4j.testkit.proxy.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries behind a proxy. They have names that no machine has, which lead somewhere at the proxy alone. */
@Timeout(120)
class ProxyTest {
    private static final String SECRET = "s3cret-of-the-user";
    private static final String PROXY_SECRET = "s3cret%3Aof-the-proxy";

    private static Authority authority;
    private static Issued server;

    private TestRegistry registry;
    private TestRegistry plain;
    private TestProxy proxy;

    @BeforeAll
    static void issue() {
        authority = Authority.named("test authority");
        server = authority.issue("registry.test", "127.0.0.1");
    }

    @BeforeEach
    void start() {
        Account account = Account.of("ann", SECRET);
        registry = TestRegistry.builder()
                .tls(server.serverContext())
                .access(Access.basic(account))
                .start();
        plain = TestRegistry.builder().access(Access.basic(account)).start();
        for (TestRegistry each : List.of(registry, plain)) {
            each.load("app", new ContentGenerator(1).image(ImageSpec.small()), "1.0");
        }
        proxy = TestProxy.start().route("registry.test", registry.port()).route("plain.test", plain.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        registry.close();
        plain.close();
    }

    private static Descriptor resolve(String host, ProxySettings proxies) {
        try (RegistryClient client = client(proxies)) {
            return client.store(new Repository(host, "app")).resolve(CallScope.unbounded(), "1.0");
        }
    }

    private static RegistryClient client(ProxySettings proxies) {
        return RegistryClient.builder()
                .tls(TlsSettings.ofJava().withTrusted(List.of(authority.certificate())))
                .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", SECRET)))
                .insecureHosts(List.of("plain.test", "plain.test:81"))
                .proxies(proxies)
                .time(new FakeClock(), () -> 1)
                .build();
    }

    private ProxySettings everything(String url) {
        return ProxySettings.of(url, url, "");
    }

    @Test
    void encryptedRequests_goThroughATunnel_inWhichTheProxySeesNothing() {
        Descriptor found = resolve("registry.test", everything(proxy.uri().toString()));

        assertThat(found.digest().toString())
                .isEqualTo(registry.repository("app").resolve("1.0").orElseThrow());
        assertThat(proxy.requests()).extracting(ProxiedRequest::toString).containsOnly("CONNECT registry.test:443");
        assertThat(proxy.requests()).allSatisfy(request -> {
            assertThat(request.field("Authorization")).isEmpty();
            assertThat(request.fields()).noneMatch(field -> field.contains("YW5u"));
        });
    }

    @Test
    void plainRequests_goThroughTheProxyWithTheirUrl() {
        Descriptor found = resolve("plain.test:81", everything(proxy.uri().toString()));

        assertThat(found.digest().toString())
                .isEqualTo(plain.repository("app").resolve("1.0").orElseThrow());
        assertThat(proxy.requests())
                .extracting(ProxiedRequest::toString)
                .contains("HEAD http://plain.test:81/v2/app/manifests/1.0");
    }

    @Test
    void contentGoesBothWays() throws Exception {
        byte[] blob = "content".getBytes(UTF_8);
        Descriptor descriptor = Descriptor.of(MediaType.OCI_CONFIG, blob);
        try (RegistryClient client = client(everything(proxy.uri().toString()))) {
            for (String host : List.of("registry.test", "plain.test")) {
                RegistryStore store = client.target(new Repository(host, "other"));
                store.push(CallScope.unbounded(), descriptor, ContentSource.ofBytes(blob), PushHints.NONE);
                assertThat(store.fetch(CallScope.unbounded(), descriptor, 0).readAllBytes())
                        .isEqualTo(blob);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.test", "plain.test"})
    void credentialsOfTheProxy_goToTheProxyAlone(String host) {
        proxy.requireCredentials("bob", "s3cret:of-the-proxy");

        resolve(host, everything(proxy.uri("bob", PROXY_SECRET)));

        assertThat(proxy.requests()).isNotEmpty();
        for (TestRegistry each : List.of(registry, plain)) {
            assertThat(each.log().requests())
                    .allSatisfy(request -> assertThat(request.headers().first("Proxy-Authorization"))
                            .isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.test", "plain.test"})
    void proxyThatWantsOtherCredentials_isNamed_andItsPasswordIsNot(String host) {
        proxy.requireCredentials("bob", "another");

        CnabException failure = catchThrowableOfType(
                CnabException.class, () -> resolve(host, everything(proxy.uri("bob", PROXY_SECRET))));

        assertThat(failure).isInstanceOf(TransportException.class);
        assertThat(failure)
                .hasMessageContaining("the proxy " + proxy.uri() + " does not let us through to " + host)
                .hasMessageContaining("it answers 407");
        assertThat(failure.hint().orElseThrow()).contains("user and password in the proxy's URL");
        assertThat(Throwables.getStackTrace(failure)).doesNotContain("s3cret");
    }

    @Test
    void proxyThatRefuses_isHeard() {
        proxy.refuse(403, "not on my watch");

        CnabException failure = catchThrowableOfType(
                CnabException.class,
                () -> resolve("registry.test", everything(proxy.uri().toString())));

        assertThat(failure).hasMessageContaining("it answers 403: not on my watch");
        assertThat(failure.hint().orElseThrow()).contains("NO_PROXY");
        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void proxyThatIsOutOfOrder_isTriedAgain() {
        proxy.refuse(503, "starting");

        CnabException failure = catchThrowableOfType(
                CnabException.class,
                () -> resolve("registry.test", everything(proxy.uri().toString())));

        assertThat(failure).hasMessageContaining("503: starting");
        assertThat(proxy.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void proxyThatIsNotThere_isNamed() {
        proxy.close();

        CnabException failure = catchThrowableOfType(
                CnabException.class,
                () -> resolve("registry.test", everything(proxy.uri().toString())));

        assertThat(failure)
                .hasMessageContaining("the proxy " + proxy.uri() + " cannot be reached: it refused the connection");
    }

    /** What listens at the proxy's port answers each connection with a text, and keeps it open unless the text is empty. */
    private static CnabException failureAt(String host, String text) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> greet(socket, text), "no proxy");
            thread.setDaemon(true);
            thread.start();
            String url = "http://bob:" + PROXY_SECRET + "@127.0.0.1:" + socket.getLocalPort();
            return catchThrowableOfType(CnabException.class, () -> resolve(host, ProxySettings.of(url, url, "")));
        }
    }

    private static void greet(ServerSocket socket, String text) {
        try {
            while (true) {
                Socket connection = socket.accept();
                if (text.isEmpty()) {
                    connection.getInputStream().read();
                    connection.close();
                } else {
                    connection.getOutputStream().write(text.getBytes(UTF_8));
                }
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.test", "plain.test"})
    void proxyThatSpeaksNoHttp_isNamed_andNotTheRegistry(String host) throws IOException {
        CnabException failure = failureAt(host, "SSH-2.0-OpenSSH_9.0\r\n");

        assertThat(failure)
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the proxy http://127.0.0.1:")
                .hasMessageContaining("its answer is not HTTP: it begins with \"SSH-2.0-OpenSSH_9.0\"");
        assertThat(failure.hint().orElseThrow()).contains("HTTPS_PROXY", "SOCKS is not supported");
        assertThat(Throwables.getStackTrace(failure)).doesNotContain("s3cret");
    }

    @Test
    void proxyThatHangsUp_isNamed() throws IOException {
        CnabException failure = failureAt("registry.test", "");

        assertThat(failure)
                .hasMessageContaining("the proxy http://127.0.0.1:")
                .hasMessageContaining("broke the connection off before it opened the way to registry.test:443");
        assertThat(failure.hint().orElseThrow()).contains("NO_PROXY");
    }

    @Test
    void proxyThatSaysNothing_isNamed_withTheTimeThatWasWaited() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RegistryClient client = RegistryClient.builder()
                        .proxies(everything("http://127.0.0.1:" + silent.getLocalPort()))
                        .idleTimeout(Duration.ofMillis(200))
                        .build()) {
            CnabException failure = catchThrowableOfType(
                    CnabException.class, () -> client.checkAccess(CallScope.unbounded(), "registry.test"));

            assertThat(failure)
                    .hasMessageContaining(
                            "does not open the way to registry.test:443: it did not answer within 200 ms");
            assertThat(failure.hint().orElseThrow()).contains("--read-timeout TIME", "NO_PROXY");
        }
    }

    @Test
    void proxyOverTls_isVerified() {
        try (TestProxy encrypted = TestProxy.startWithTls(server.serverContext())) {
            encrypted.route("registry.test", registry.port()).requireCredentials("bob", "secret");

            resolve("registry.test", everything(encrypted.uri("bob", "secret")));

            assertThat(encrypted.requests()).isNotEmpty();
        }
    }

    @Test
    void proxyOverTlsThatIsNotTrusted_isNamed() {
        Issued unknown = Authority.named("unknown authority").issue("127.0.0.1");
        try (TestProxy encrypted = TestProxy.startWithTls(unknown.serverContext())) {
            CnabException failure = catchThrowableOfType(
                    CnabException.class,
                    () -> resolve("registry.test", everything(encrypted.uri().toString())));

            assertThat(failure)
                    .hasMessageContaining(
                            "the proxy " + encrypted.uri() + " cannot be reached: its certificate is signed"
                                    + " by an authority that is not trusted (CN=unknown authority)");
        }
    }

    @Test
    void thisMachine_isReachedDirectly() {
        try (RegistryClient client = client(everything(proxy.uri().toString()))) {
            client.store(new Repository(plain.host(), "app")).resolve(CallScope.unbounded(), "1.0");
        }

        assertThat(proxy.requests()).isEmpty();
    }

    /** Behind a proxy a registry has no address; it must not gain one on this machine by that. */
    @Test
    void tokenServiceOnThisMachineThatARegistryBehindAProxyNames_getsNothing() {
        registry.inject(
                RequestPattern.any(),
                Fault.reply(Response.of(401)
                        .with("WWW-Authenticate", "Bearer realm=\"https://127.0.0.1:" + registry.port() + "/token\"")));

        CnabException failure = catchThrowableOfType(
                CnabException.class,
                () -> resolve("registry.test", everything(proxy.uri().toString())));

        assertThat(failure).hasMessageContaining("internal address 127.0.0.1");
        assertThat(registry.log().requests())
                .allSatisfy(request -> assertThat(request.authorization()).isEmpty());
    }

    /** A name that this machine knows for its own is judged by its address, though the proxy would look it up. */
    @Test
    void tokenServiceWhoseNameIsThisMachines_getsNothing_throughAProxyNeither() throws IOException {
        String name = InetAddress.getLocalHost().getHostName();
        assumeTrue(!name.equals("localhost") && AddressRule.isInternal(InetAddress.getByName(name)));
        proxy.route(name, registry.port());
        registry.inject(
                RequestPattern.any(),
                Fault.reply(Response.of(401).with("WWW-Authenticate", "Bearer realm=\"https://" + name + "/token\"")));

        CnabException failure = catchThrowableOfType(
                CnabException.class,
                () -> resolve("registry.test", everything(proxy.uri().toString())));

        assertThat(failure).hasMessageContaining("sent us to " + name + ", which is at the internal address ");
        assertThat(proxy.requests()).extracting(ProxiedRequest::toString).containsOnly("CONNECT registry.test:443");
    }

    /** Names of hosts know no case, and what is known of one must not depend on it. */
    @Test
    void hostInCapitals_isTheSameOverTls() throws Exception {
        Descriptor found = resolve("REGISTRY.test", everything(proxy.uri().toString()));

        assertThat(found.digest().toString())
                .isEqualTo(registry.repository("app").resolve("1.0").orElseThrow());
    }

    @Test
    void settings_showNoPassword() {
        assertThat(ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", "http://bob:s3cret@p:1"))
                        .toString())
                .doesNotContain("s3cret", "bob");
    }
}
