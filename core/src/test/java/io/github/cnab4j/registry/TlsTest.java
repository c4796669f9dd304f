/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries over TLS: whom to trust, what to show, and what is said when it fails. On this machine, so TLS is also found out. */
@Timeout(120)
class TlsTest {
    private static final String[] LOCAL = {"localhost", "127.0.0.1", "::1"};

    private static Authority authority;
    private static Authority clients;
    private static Issued server;

    @TempDir
    Path directory;

    @BeforeAll
    static void issue() {
        authority = Authority.named("test authority");
        clients = Authority.named("test clients");
        server = authority.issue(LOCAL);
    }

    private static TestRegistry registry(SSLContext context) {
        return loaded(TestRegistry.builder().tls(context).start());
    }

    private static TestRegistry loaded(TestRegistry registry) {
        registry.load("app", new ContentGenerator(1).image(ImageSpec.small()), "1.0");
        return registry;
    }

    private static String digest(String host, UnaryOperator<RegistryClient.Builder> settings) {
        try (RegistryClient client = settings.apply(RegistryClient.builder()).build()) {
            return client.store(new Repository(host, "app"))
                    .resolve(CallScope.unbounded(), "1.0")
                    .digest()
                    .toString();
        }
    }

    private static String digest(TestRegistry registry, TlsSettings settings) {
        return digest(registry.host(), builder -> builder.tls(settings));
    }

    private static CnabException failure(TestRegistry registry, TlsSettings settings) {
        return catchThrowableOfType(CnabException.class, () -> digest(registry, settings));
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private TlsSettings trusting(Authority trusted) throws IOException {
        return TlsSettings.ofJava().withCaFile(write("ca.pem", trusted.pem()));
    }

    private static String pushed(TestRegistry registry) {
        return registry.repository("app").resolve("1.0").orElseThrow();
    }

    @Test
    void authorityThatWasGiven_isTrusted() throws IOException {
        try (TestRegistry registry = registry(server.serverContext())) {
            assertThat(digest(registry, trusting(authority))).isEqualTo(pushed(registry));
        }
    }

    @Test
    void authorityInSslCertFile_isTrusted() throws IOException {
        Map<String, String> environment =
                Map.of("SSL_CERT_FILE", write("ca.pem", authority.pem()).toString());
        try (TestRegistry registry = registry(server.serverContext())) {
            assertThat(digest(registry, TlsSettings.fromEnvironment(environment, directory)))
                    .isEqualTo(pushed(registry));
        }
    }

    @Test
    void authorityInDockersDirectory_isTrustedAtThatRegistryAlone() throws IOException {
        try (TestRegistry registry = registry(server.serverContext());
                TestRegistry other = registry(server.serverContext())) {
            write(".docker/certs.d/" + registry.host() + "/ca.crt", authority.pem());
            TlsSettings settings = TlsSettings.fromEnvironment(Map.of(), directory);

            assertThat(digest(registry, settings)).isEqualTo(pushed(registry));
            assertThat(failure(other, settings)).hasMessageContaining("an authority that is not trusted");
        }
    }

    @Test
    void unknownAuthority_isNamedWithWaysOut() {
        try (TestRegistry registry = registry(server.serverContext())) {
            CnabException failure = failure(registry, TlsSettings.ofJava());

            assertThat(failure).isInstanceOf(TransportException.class);
            assertThat(failure)
                    .hasMessage("cannot find " + registry.host() + "/app:1.0: " + registry.host()
                            + ": its certificate is signed by an authority that is not trusted (CN=test authority)");
            assertThat(failure.hint().orElseThrow())
                    .contains("--ca-file", "~/.docker/certs.d/" + registry.host(), "--insecure-registries");
        }
    }

    @Test
    void missingSslCertFile_isSaidWhereItMayBeTheReason() {
        Map<String, String> environment = Map.of("SSL_CERT_FILE", "/nowhere/ca.pem");
        try (TestRegistry registry = registry(server.serverContext())) {
            assertThat(failure(registry, TlsSettings.fromEnvironment(environment, directory)))
                    .hasMessageContaining("SSL_CERT_FILE names /nowhere/ca.pem, which cannot be read");
        }
    }

    @Test
    void certificateWhoseTimeIsOver_isRefusedWithTheDate() throws IOException {
        Issued old = authority.issueExpired(LOCAL);
        try (TestRegistry registry = registry(old.serverContext())) {
            assertThat(failure(registry, trusting(authority)))
                    .hasMessageContaining("its certificate expired on "
                            + old.certificate().getNotAfter().toInstant());
        }
    }

    @Test
    void certificateWhoseTimeHasNotCome_isRefused_withAHintAtTheClock() throws IOException {
        try (TestRegistry registry = registry(authority.issueForTomorrow(LOCAL).serverContext())) {
            CnabException failure = failure(registry, trusting(authority));

            assertThat(failure).hasMessageContaining("its certificate is not valid before ");
            assertThat(failure.hint().orElseThrow()).contains("clock");
        }
    }

    @Test
    void certificateOfAnotherHost_isRefusedWithTheNamesThatItHas() throws IOException {
        try (TestRegistry registry =
                registry(authority.issue("a.test", "b.test").serverContext())) {
            assertThat(failure(registry, trusting(authority)))
                    .hasMessageContaining("its certificate is for another name: it is for a.test, b.test");
        }
    }

    @Test
    void insecureRegistry_isNotVerified_andNoOtherIsRelaxed() {
        try (TestRegistry registry = registry(authority.issueExpired("a.test").serverContext());
                TestRegistry other = registry(server.serverContext())) {
            UnaryOperator<RegistryClient.Builder> insecure = builder -> builder.insecureHosts(List.of(registry.host()));

            assertThat(digest(registry.host(), insecure)).isEqualTo(pushed(registry));
            assertThat(catchThrowableOfType(CnabException.class, () -> digest(other.host(), insecure)))
                    .hasMessageContaining("an authority that is not trusted");
        }
    }

    @Test
    void clientCertificateInDockersDirectory_isShown() throws IOException {
        try (TestRegistry registry = loaded(TestRegistry.builder()
                .clientCertificates(server.serverContext(clients))
                .start())) {
            Path host = directory.resolve(Path.of(".docker", "certs.d", registry.host()));
            clients.issue("client").writeTo(host);
            write(".docker/certs.d/" + registry.host() + "/ca.crt", authority.pem());

            assertThat(digest(registry, TlsSettings.fromEnvironment(Map.of(), directory)))
                    .isEqualTo(pushed(registry));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void clientCertificateOfEveryKind_isShown(String algorithm) throws IOException {
        Issued client = clients.issueFor(algorithm, "client");
        Path certificate = write("client.pem", client.pem());
        Path key = write("client-key.pem", algorithm.equals("Ed25519") ? client.keyPem() : client.traditionalKeyPem());
        try (TestRegistry registry = loaded(TestRegistry.builder()
                .clientCertificates(server.serverContext(clients))
                .start())) {
            TlsSettings settings = trusting(authority).withClientCertificate(registry.host(), certificate, key);

            assertThat(digest(registry, settings)).isEqualTo(pushed(registry));
        }
    }

    @Test
    void insecureRegistryThatWantsAClientCertificate_getsIt() throws IOException {
        Issued client = clients.issue("client");
        Path certificate = write("client.pem", client.pem());
        Path key = write("client-key.pem", client.keyPem());
        try (TestRegistry registry = loaded(TestRegistry.builder()
                .clientCertificates(server.serverContext(clients))
                .start())) {
            TlsSettings settings = TlsSettings.ofJava().withClientCertificate(registry.host(), certificate, key);

            assertThat(digest(
                            registry.host(),
                            builder -> builder.insecureHosts(List.of(registry.host()))
                                    .tls(settings)))
                    .isEqualTo(pushed(registry));
        }
    }

    @Test
    void clientCertificate_isShownToItsRegistryAlone() throws IOException {
        Issued client = clients.issue("client");
        Path certificate = write("client.pem", client.pem());
        Path key = write("client-key.pem", client.keyPem());
        try (TestRegistry registry = loaded(TestRegistry.builder()
                .clientCertificates(server.serverContext(clients))
                .start())) {
            CnabException failure =
                    failure(registry, trusting(authority).withClientCertificate("localhost:1", certificate, key));

            assertThat(failure).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void registryThatWantsAClientCertificate_isUnderstood() throws IOException {
        try (TestRegistry registry = loaded(TestRegistry.builder()
                .clientCertificates(server.serverContext(clients))
                .start())) {
            CnabException failure = failure(registry, trusting(authority));

            assertThat(failure).hasMessageContaining("client certificate");
            assertThat(failure.hint().orElseThrow()).contains("~/.docker/certs.d/" + registry.host());
        }
    }

    @Test
    void damagedFileInDockersDirectory_isNamedWithItsLine() throws IOException {
        try (TestRegistry registry = registry(server.serverContext())) {
            Path file = write(
                    ".docker/certs.d/" + registry.host() + "/ca.crt",
                    "the authority\n-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n");

            CnabException failure = failure(registry, TlsSettings.fromEnvironment(Map.of(), directory));

            assertThat(failure).isInstanceOf(InvalidInputException.class);
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
            assertThat(failure).hasMessage(file + ", line 2: the certificate that begins here is damaged");
        }
    }

    @Test
    void registryOnThisMachine_isPlain_withoutARequestMore() {
        try (TestRegistry registry = loaded(TestRegistry.start())) {
            assertThat(digest(registry, TlsSettings.ofJava())).isEqualTo(pushed(registry));
            assertThat(registry.log().lines()).containsExactly("HEAD /v2/app/manifests/1.0");
        }
    }

    @Test
    void redirectThatGivesUpEncryption_isNotFollowed() throws IOException {
        try (TestRegistry registry = registry(server.serverContext());
                TestRegistry plain = loaded(TestRegistry.start())) {
            registry.inject(
                    RequestPattern.of("HEAD", Kind.MANIFEST),
                    Fault.redirect(307, plain.uri() + "/v2/app/manifests/1.0"));

            assertThat(failure(registry, trusting(authority))).hasMessageContaining("it gives up encryption");
            assertThat(plain.log().requests()).isEmpty();
        }
    }

    @Test
    void ipv6_inPlainHttpAndOverTls() throws IOException {
        InetSocketAddress six = new InetSocketAddress("::1", 0);
        try (TestRegistry plain = loaded(TestRegistry.builder()
                        .listener(options -> options.withAddress(six))
                        .start());
                TestRegistry tls = loaded(TestRegistry.builder()
                        .listener(options -> options.withAddress(six))
                        .tls(server.serverContext())
                        .start())) {
            assertThat(plain.host()).startsWith("[::1]:");
            assertThat(digest(plain, trusting(authority))).isEqualTo(pushed(plain));
            assertThat(digest(tls, trusting(authority))).isEqualTo(pushed(tls));
        }
    }
}
