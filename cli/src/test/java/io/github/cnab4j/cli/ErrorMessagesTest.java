/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.ManifestCondition;
import io.github.cnab4j.testkit.fault.Quirk;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The messages of {@code docs/reference/errors.md}: each comes as it is written there, and with the way out that is named there. */
@Timeout(120)
class ErrorMessagesTest {
    private static final Path TABLE = Path.of("..", "docs", "reference", "errors.md");
    private static final RequestPattern MANIFEST_PUT = RequestPattern.of("PUT", Kind.MANIFEST);
    private static final Account ANN = Account.of("ann", "secret");

    @TempDir
    Path directory;

    private final List<TestRegistry> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(TestRegistry::close);
    }

    /** What brings a message about, by the message in the table. */
    enum Scenario {
        NO_DIGEST("… differs from the bundle: contentDigest is missing, found …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                String json = test.bundle(test.start(TestRegistry.builder()))
                        .json()
                        .replaceAll("\"contentDigest\":\"[^\"]+\",", "");
                return test.push(json, test.target());
            }
        },
        OTHER_SIZE("… differs from the bundle: size is …, found …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                String json = test.bundle(test.start(TestRegistry.builder()))
                        .json()
                        .replaceFirst("\"size\":\\d+", "\"size\":1");
                return test.push(json, test.target());
            }
        },
        NO_IMAGE("cannot find image \"…\": …: not found (404)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                String json =
                        test.bundle(test.start(TestRegistry.builder())).json().replace("app/installer", "app/none");
                return test.push(json, test.target());
            }
        },
        NOBODY("…: the registry wants credentials (401)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                return test.pull(test.start(TestRegistry.builder().access(Access.basic(ANN))));
            }
        },
        NO_TOKEN("cannot get a token for …: the token service … answered 401…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                return test.pull(test.start(TestRegistry.builder().access(Access.tokens(ANN))));
            }
        },
        WRONG_PASSWORD("…: the registry wants credentials (401)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder().access(Access.basic(ANN)));
                return test.tool(ErrorMessagesTest.auth(registry, "ann:wrong")).run("pull", registry.host() + "/app:1");
            }
        },
        DENIED("…: access denied (403)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.inject(
                        RequestPattern.of("POST", Kind.UPLOAD),
                        Fault.status(403, ErrorCode.DENIED, "you may not push here"));
                return test.push(test.bundle(test.origin()).json(), registry);
            }
        },
        NO_REPOSITORY("…: not found (404): NAME_UNKNOWN: …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.with(Quirk.NO_CREATION);
                return test.push(test.bundle(test.origin()).json(), registry);
            }
        },
        RATE("…: too many requests (429)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.tooManyRequests("7200"));
                return test.pull(registry);
            }
        },
        DOWN("…: … refused the connection") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.close();
                return test.pull(registry);
            }
        },
        SILENT("…: … did not answer within …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                    return Tool.in(test.directory)
                            .run("pull", "127.0.0.1:" + silent.getLocalPort() + "/app:1", "--read-timeout", "100ms");
                }
            }
        },
        UNKNOWN_AUTHORITY("…: …: its certificate is signed by an authority that is not trusted (…)") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                Issued server = Authority.named("an authority of the site").issue("127.0.0.1");
                return test.pull(test.start(TestRegistry.builder().tls(server.serverContext())));
            }
        },
        NO_TLS("…: …: it does not speak TLS") {
            @Override
            Tool.Run run(ErrorMessagesTest test) {
                String host = test.start(TestRegistry.builder()).host();
                // A name for which TLS is expected, unlike for localhost.
                return Tool.in(test.directory).run("pull", host.replace("127.0.0.1", "LOCALHOST") + "/app:1");
            }
        },
        NO_PROXY("…: the proxy … is none: its answer is not HTTP: …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                    Thread greeter = new Thread(() -> greet(other), "no proxy");
                    greeter.setDaemon(true);
                    greeter.start();
                    return Tool.in(test.directory)
                            .with(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + other.getLocalPort()))
                            .run("pull", "registry.test/app:1");
                }
            }
        },
        FORM("…: the registry does not take this media type (415)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.inject(
                        MANIFEST_PUT, Fault.refuseManifest(ManifestCondition.index(), 415, ErrorCode.UNSUPPORTED));
                return test.push(test.bundle(test.origin()).json(), registry);
            }
        },
        TOO_LARGE("…: too large for the registry (413)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.inject(MANIFEST_PUT, Fault.status(413));
                return test.push(test.bundle(test.origin()).json(), registry);
            }
        },
        READ_ONLY("…: the registry does not allow this (405)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Fault.status(405));
                return test.push(test.bundle(test.origin()).json(), registry);
            }
        },
        IMMUTABLE("…: the registry calls the request invalid (400): TAG_INVALID: …; the tag is …, not …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.load("target", new ContentGenerator(7).image(), "1");
                registry.with(Quirk.IMMUTABLE_TAGS);
                return test.push(test.bundle(test.origin()).json(), registry);
            }
        },
        FAILED("…: the registry failed (500)…") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.status(500));
                return test.pull(registry);
            }
        },
        PORTAL("…: … gave an answer (203) that no registry gives: …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                Response page = Response.of(203)
                        .with("Content-Type", "text/html")
                        .withBody(Body.of("<html>Welcome</html>".getBytes(StandardCharsets.UTF_8)));
                registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.reply(page));
                return test.pull(registry);
            }
        },
        ALTERED("content mismatch: …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.load("app", new ContentGenerator(7).image(), "1");
                registry.inject(RequestPattern.of("GET", Kind.MANIFEST), Fault.flipBit(5));
                return test.pull(registry);
            }
        },
        NO_BUNDLE("cannot pull …: not the index of a CNAB bundle: …") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder());
                registry.load("app", new ContentGenerator(7).image(), "1");
                return test.pull(registry);
            }
        },
        NO_HELPER(
                "the credential helper docker-credential-…, which the Docker configuration names, is not on the search path") {
            @Override
            Tool.Run run(ErrorMessagesTest test) throws IOException {
                TestRegistry registry = test.start(TestRegistry.builder().access(Access.basic(ANN)));
                return test.tool("{\"credsStore\":\"missing-one\"}").run("pull", registry.host() + "/app:1");
            }
        };

        private final String message;

        Scenario(String message) {
            this.message = message;
        }

        abstract Tool.Run run(ErrorMessagesTest test) throws IOException;
    }

    /** A row of the table: the message, and what its way out has to name. */
    private record Row(String message, List<String> waysOut) {}

    private static Map<String, Row> rows() throws IOException {
        String page = Files.readString(TABLE);
        String section = page.substring(page.indexOf("\n## Messages\n"));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| "))
                .map(cells -> new Row(
                        cells[0].substring("| `".length(), cells[0].length() - 1),
                        Pattern.compile("`([^`]+)`")
                                .matcher(cells[2])
                                .results()
                                .map(match -> match.group(1))
                                .toList()))
                .collect(Collectors.toMap(Row::message, row -> row));
    }

    @ParameterizedTest
    @EnumSource
    void messageComesAsTheTableHasIt_withItsWayOut(Scenario scenario) throws IOException {
        Row row = rows().get(scenario.message);
        assertThat(row).as("the row of " + scenario.message).isNotNull();

        Tool.Run run = scenario.run(this);

        assertThat(run.code()).isEqualTo(1);
        String pattern = Arrays.stream(scenario.message.split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        assertThat(run.errLines()).anyMatch(line -> line.matches("Error: " + pattern + "( \\[[A-Z_]+\\])?"));
        String hints = run.errLines().stream()
                .filter(line -> line.startsWith("Hint: "))
                .collect(Collectors.joining("\n"));
        assertThat(row.waysOut()).isNotEmpty();
        assertThat(hints).contains(row.waysOut());
    }

    @Test
    void everyMessageOfTheTableHasATest() throws IOException {
        assertThat(rows().keySet())
                .isEqualTo(Arrays.stream(Scenario.values())
                        .map(scenario -> scenario.message)
                        .collect(Collectors.toSet()));
    }

    private TestRegistry start(TestRegistry.Builder options) {
        TestRegistry registry = options.start();
        started.add(registry);
        return registry;
    }

    private TestRegistry origin() {
        return start(TestRegistry.builder());
    }

    /** The registry that was started first. */
    private TestRegistry target() {
        return started.get(0);
    }

    private GeneratedBundle bundle(TestRegistry registry) {
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 0);
        registry.load(bundle);
        return bundle;
    }

    private Tool.Run push(String json, TestRegistry target) throws IOException {
        Tool tool = Tool.in(directory);
        return tool.run("push", tool.write("bundle.json", json), "-t", target.host() + "/target:1");
    }

    private Tool.Run pull(TestRegistry registry) {
        return Tool.in(directory).run("pull", registry.host() + "/app:1");
    }

    private Tool tool(String dockerConfig) throws IOException {
        Files.writeString(directory.resolve("config.json"), dockerConfig);
        return Tool.in(directory).with(Map.of("DOCKER_CONFIG", directory.toString()));
    }

    private static void greet(ServerSocket socket) {
        try {
            while (true) {
                socket.accept().getOutputStream().write("220 mail.test ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException closed) {
            // The end of the scenario.
        }
    }

    private static String auth(TestRegistry registry, String pair) {
        return "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\""
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)) + "\"}}}";
    }
}
