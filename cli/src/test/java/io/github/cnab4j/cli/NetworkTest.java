/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.proxy.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags and environment variables about the way to a registry, and credentials on the command line. */
@Timeout(120)
class NetworkTest {
    private static final String PASSWORD = "s3cret-of-ann";

    private static Authority authority;
    private static Issued server;

    @TempDir
    Path directory;

    @BeforeAll
    static void issue() {
        authority = Authority.named("test authority");
        server = authority.issue("registry.test", "127.0.0.1");
    }

    private Tool tool(String... variables) {
        Map<String, String> environment = new HashMap<>(Tool.in(directory).environment());
        environment.put("HOME", directory.toString());
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Tool.in(directory).with(environment);
    }

    private static TestRegistry secured(Access access) {
        TestRegistry registry = TestRegistry.builder()
                .tls(server.serverContext())
                .access(access)
                .start();
        registry.load("app", new ContentGenerator(1).image(ImageSpec.small()), "1.0");
        return registry;
    }

    private Tool.Run copy(Tool tool, String from, String... flags) {
        return tool.run(Stream.concat(
                        Stream.of("copy", from + "/app:1.0", "oci:" + directory.resolve("copied")),
                        Arrays.stream(flags))
                .toArray(String[]::new));
    }

    @Test
    void caFile_isTrusted_andWithoutItTheErrorSaysSo() throws IOException {
        Tool tool = tool();
        tool.write("ca.pem", authority.pem());
        try (TestRegistry registry = secured(Access.anonymous())) {
            Tool.Run without = copy(tool, registry.host());
            Tool.Run with = copy(tool, registry.host(), "--ca-file", "ca.pem");

            assertThat(without.code()).isEqualTo(1);
            assertThat(without.err())
                    .contains(
                            "its certificate is signed by an authority that is not trusted (CN=test authority)",
                            "Hint: If you trust that authority, give its certificate: --ca-file FILE");
            assertThat(with.code()).as(with.err()).isZero();
        }
    }

    @Test
    void caFileThatCannotBeUsed_isNamedWithItsLine() throws IOException {
        tool().write("ca.pem", "first\n-----BEGIN CERTIFICATE-----\n");

        Tool.Run run = copy(tool(), "127.0.0.1:1", "--ca-file", "ca.pem");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("ca.pem, line 2: what begins here has no end", "INVALID_CONFIGURATION");
    }

    @Test
    void caFileWithoutAName_isWrongUsage() {
        Tool.Run run = copy(tool(), "127.0.0.1:1", "--ca-file", "");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--ca-file needs the name of a file");
    }

    @Test
    void sslCertFile_isTrusted() throws IOException {
        String file = directory.resolve(tool().write("ca.pem", authority.pem())).toString();
        try (TestRegistry registry = secured(Access.anonymous())) {
            Tool.Run run = copy(tool("SSL_CERT_FILE", file), registry.host());

            assertThat(run.code()).as(run.err()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTPS_PROXY, NO_PROXY", "https_proxy, no_proxy"})
    void proxyOfTheEnvironment_isUsed_butNotForWhatIsExcepted(String variable, String exceptions) throws IOException {
        Tool tool = tool();
        tool.write("ca.pem", authority.pem());
        try (TestRegistry registry = secured(Access.anonymous());
                TestProxy proxy = TestProxy.start().route("registry.test", registry.port())) {
            proxy.requireCredentials("bob", "p@ss");
            String url = proxy.uri("bob", "p%40ss");

            Tool.Run run = copy(tool(variable, url), "registry.test", "--ca-file", "ca.pem");
            int tunnels = proxy.requests().size();
            Tool.Run excepted =
                    copy(tool(variable, url, exceptions, ".test"), "registry.test:1", "--ca-file", "ca.pem");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(tunnels).isPositive();
            assertThat(proxy.requests()).hasSize(tunnels);
            assertThat(excepted.code()).isEqualTo(1);
        }
    }

    @Test
    void httpProxy_isUsedForARegistryWithoutTls() {
        try (TestRegistry registry = TestRegistry.start();
                TestProxy proxy = TestProxy.start().route("plain.test", registry.port())) {
            registry.load("app", new ContentGenerator(1).image(ImageSpec.small()), "1.0");

            Tool.Run run = copy(
                    tool("HTTP_PROXY", proxy.uri().toString(), "HTTPS_PROXY", "http://127.0.0.1:1"),
                    "plain.test",
                    "--insecure-registries",
                    "plain.test");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(proxy.requests().toString())
                    .contains("HEAD http://plain.test/v2/app/manifests/1.0", "GET http://plain.test/v2/app/blobs/");
        }
    }

    @Test
    void proxyThatRefuses_isNamedWithoutItsPassword() {
        try (TestProxy proxy = TestProxy.start().requireCredentials("bob", "right")) {
            Tool.Run run =
                    copy(tool("HTTPS_PROXY", proxy.uri("bob", "wr0ng")), "registry.test", "--log-level", "debug");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains(
                            "the proxy " + proxy.uri()
                                    + " does not let us through to registry.test:443: it answers 407",
                            "Hint: Check user and password in the proxy's URL")
                    .doesNotContain("wr0ng");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "tokens"})
    void credentialsOnTheCommandLine_goToTheRegistryOfTheCommand(String kind) throws IOException {
        Account ann = Account.of("ann", PASSWORD);
        Tool tool = tool().reading(PASSWORD + "\n");
        tool.write("ca.pem", authority.pem());
        try (TestRegistry registry = secured(kind.equals("basic") ? Access.basic(ann) : Access.tokens(ann))) {
            Tool.Run anonymous = copy(tool, registry.host(), "--ca-file", "ca.pem");
            Tool.Run run = copy(
                    tool,
                    registry.host(),
                    "--ca-file",
                    "ca.pem",
                    "-u",
                    "ann",
                    "--password-stdin",
                    "--log-level",
                    "debug");

            assertThat(anonymous.code()).isEqualTo(1);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void credentialsOnTheCommandLine_goToTheTargetAndNotToTheSource() {
        Account ann = Account.of("ann", PASSWORD);
        try (TestRegistry source =
                        TestRegistry.builder().access(Access.basic(ann)).start();
                TestRegistry target =
                        TestRegistry.builder().access(Access.basic(ann)).start()) {
            source.load("app", new ContentGenerator(1).image(ImageSpec.small()), "1.0");

            Tool.Run run = tool().reading(PASSWORD)
                    .run("copy", source.host() + "/app:1.0", target.host() + "/app", "-u", "ann", "--password-stdin");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains(source.host());
            assertThat(source.log().requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.authorization()).isEmpty());
        }
    }

    @Test
    void incompleteCredentials_areWrongUsage() {
        Tool.Run noUser = copy(tool().reading(PASSWORD), "127.0.0.1:1", "--password-stdin");
        Tool.Run noPassword = copy(tool(), "127.0.0.1:1", "--username", "ann");
        Tool.Run noRegistry =
                tool().reading(PASSWORD).run("copy", "oci:a", "oci:b", "--username", "ann", "--password-stdin");

        assertThat(List.of(noUser.code(), noPassword.code(), noRegistry.code())).containsOnly(2);
        assertThat(noUser.err()).contains("--password-stdin needs --username");
        assertThat(noPassword.err()).contains("give it with --password-stdin");
        assertThat(noRegistry.err()).contains("there is none here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "auth.example"})
    void tokenServices_areNoOthersThanThoseNamed(String named) {
        Account ann = Account.of("ann", PASSWORD);
        try (TestRegistry tokens =
                        TestRegistry.builder().access(Access.tokens(ann)).start();
                TestRegistry registry = TestRegistry.start()) {
            String challenge = "Bearer realm=\"" + tokens.uri() + "/token\"";
            registry.inject(RequestPattern.any(), Fault.reply(Response.of(401).with("WWW-Authenticate", challenge)));
            Tool.Run run = copy(
                    tool().reading(PASSWORD),
                    registry.host(),
                    "-u",
                    "ann",
                    "--password-stdin",
                    "--token-services",
                    named);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("it is not among those that may be asked");
            assertThat(tokens.log().count()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://auth.example", "auth.example/token", "auth.example:x", "ann@auth.example"})
    void tokenServiceThatIsNoHost_isWrongUsage(String named) {
        Tool.Run run = tool().run("copy", "oci:a", "oci:b", "--token-services", named);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("\"" + named + "\" is no host with an optional port", "no https://, no path");
    }

    @Test
    void registryThatSaysNothing_isGivenUpAfterTheReadTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String host = "127.0.0.1:" + silent.getLocalPort();
            long start = System.nanoTime();
            Tool.Run run = copy(tool(), host, "--read-timeout", "200ms");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains(host + " did not answer within 200 ms", "Hint: Try again later. --read-timeout TIME");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1s", "0", "1d", "10 s", "999h"})
    void timeThatIsNone_isWrongUsage(String text) {
        Tool.Run run = copy(tool(), "127.0.0.1:1", "--connect-timeout=" + text);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--connect-timeout: \"" + text + "\" is no time above 0");
    }

    @ParameterizedTest
    @CsvSource({"10, 10000", "500ms, 500", "1m30s, 90000", "1.5s, 1500", "1h, 3600000", "0.0001s, 1"})
    void times_areReadAsGoReadsThem(String text, long millis) {
        assertThat(GoDuration.parse(text)).contains(Duration.ofMillis(millis));
    }
}
