/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.proxy.TestProxy;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command on its way to a docker-registry as sites run it: with TLS of their own, passwords, proxies. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
class NetworkIT {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final String PASSWORD = "s3cret:of ann";

    @TempDir
    Path directory;

    private final Authority authority = Authority.named("test authority");
    private final Issued server = authority.issueFor("RSA", "127.0.0.1", "registry.test");
    private PackagedCommand command;
    private Path data;

    @BeforeEach
    void prepare() throws Exception {
        command = new PackagedCommand(directory.resolve("work"), directory.resolve("logs"));
        data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("work").resolve("ca.pem"), authority.pem());
    }

    private String push(Map<String, String> environment, String target, String... more) throws Exception {
        String[] line = {
            "push",
            EXAMPLES.resolve("bundle.json").toString(),
            "--from=oci:" + EXAMPLES.resolve("images"),
            "--target",
            target,
            "-u",
            "ann",
            "--password-stdin"
        };
        String[] all = Stream.concat(Arrays.stream(line), Arrays.stream(more)).toArray(String[]::new);
        return command.start(environment, PASSWORD + "\n", all).succeeds();
    }

    @Test
    void caFileAndCredentialsOfTheCommandLine() throws Exception {
        try (DockerRegistry registry = DockerRegistry.startSecured(data, server, "ann", PASSWORD)) {
            String target = registry.host() + "/app:1";
            PackagedCommand.Run stranger = command.start("pull", target);
            assertThat(stranger.await()).isEqualTo(1);
            assertThat(stranger.err())
                    .contains("an authority that is not trusted (CN=test authority)", "Hint: ", "--ca-file FILE");

            String pushed = push(Map.of(), target, "--ca-file", "ca.pem");
            command.start(
                            Map.of(),
                            PASSWORD,
                            "pull",
                            target,
                            "--ca-file=ca.pem",
                            "--username=ann",
                            "--password-stdin",
                            "--connect-timeout=20s",
                            "--read-timeout=50s")
                    .succeeds();

            assertThat(pushed).startsWith("Pushed successfully");
            assertThat(directory.resolve("work").resolve("pulled.json")).exists();
        }
    }

    @Test
    void clientCertificateOfDockersDirectoryAndSslCertFile() throws Exception {
        Authority clients = Authority.named("test clients");
        try (DockerRegistry registry = DockerRegistry.startSecured(data, server, clients, "ann", PASSWORD)) {
            clients.issue("client").writeTo(directory.resolve(Path.of(".docker", "certs.d", registry.host())));
            Map<String, String> environment = Map.of(
                    "HOME",
                    directory.toString(),
                    "SSL_CERT_FILE",
                    directory.resolve("work").resolve("ca.pem").toString());

            assertThat(push(environment, registry.host() + "/app:1")).startsWith("Pushed successfully");
        }
    }

    @Test
    void tunnelOfAProxyThatWantsAPassword() throws Exception {
        try (DockerRegistry registry = DockerRegistry.startSecured(data, server, "ann", PASSWORD);
                TestProxy proxy = TestProxy.start()
                        .route("registry.test", registry.port())
                        .requireCredentials("bob", "p@ss")) {
            Map<String, String> right = Map.of("HTTPS_PROXY", proxy.uri("bob", "p%40ss"));
            Map<String, String> wrong = Map.of("https_proxy", proxy.uri("bob", "wr0ng"));

            String pushed = push(right, "registry.test/app:1", "--ca-file", "ca.pem");
            PackagedCommand.Run refused = command.start(wrong, "", "pull", "registry.test/app:1");

            assertThat(pushed).startsWith("Pushed successfully");
            assertThat(proxy.requests()).anyMatch(request -> request.method().equals("CONNECT"));
            assertThat(refused.await()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("the proxy " + proxy.uri() + " does not let us through", "it answers 407")
                    .doesNotContain("wr0ng");
        }
    }

    @Test
    void insecureRegistry_isNotVerified() throws Exception {
        Issued another = Authority.named("another").issueExpired("elsewhere.test");
        try (DockerRegistry registry = DockerRegistry.startSecured(data, another, "ann", PASSWORD)) {
            String target = registry.host() + "/app:1";

            assertThat(push(Map.of(), target, "--insecure-registries", registry.host()))
                    .startsWith("Pushed successfully");
        }
    }

    @Test
    void ipv6() throws Exception {
        InetSocketAddress six = new InetSocketAddress("::1", 0);
        try (TestRegistry registry = TestRegistry.builder()
                .listener(options -> options.withAddress(six))
                .tls(authority.issue("::1").serverContext())
                .start()) {
            String target = registry.host() + "/app:1";

            assertThat(target).startsWith("[::1]:");
            assertThat(push(Map.of(), target, "--ca-file", "ca.pem")).startsWith("Pushed successfully");
            command.start("pull", target, "--ca-file=ca.pem").succeeds();
            assertThat(Files.readString(directory.resolve("work").resolve("relocation-map.json")))
                    .contains(registry.host() + "/app@sha256:");
        }
    }
}
