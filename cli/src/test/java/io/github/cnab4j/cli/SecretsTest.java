/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.http.AbortConnectionException;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.log.LoggedRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing secret is shown, logged or written: every command runs at the level {@code debug} (requests, stack traces) with secrets of every
 * kind, against repositories that repeat what they are sent, lead astray and fail. All that it says and leaves is searched for them.
 */
@DisabledOnOs(OS.WINDOWS)
class SecretsTest {
    private static final String PASSWORD = "pa55:word of+ann/S3CRET";
    private static final String IDENTITY_TOKEN = "identity-S3CRET-of-ann-0123456789";
    private static final String REGISTRY_TOKEN = "registry-S3CRET-of-ann-0123456789";
    private static final String QUERY = "signature-S3CRET-0123456789";
    private static final String USER_INFORMATION = "userinfo-S3CRET-0123456789";
    private static final String HELPERS_WORDS = "helper-S3CRET-says-0123456789";
    private static final List<String> PLANTED =
            List.of(PASSWORD, IDENTITY_TOKEN, REGISTRY_TOKEN, QUERY, USER_INFORMATION, HELPERS_WORDS);
    private static final Account ANN = Account.of("ann", PASSWORD).withIdentityToken(IDENTITY_TOKEN);

    /** Repositories by what is wrong with them. */
    private static final List<String> REPOSITORIES =
            List.of("ok", "echo", "page", "signed", "session", "astray", "raw", "realm");

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Path home;
    private Path work;

    /** Where the credentials come from. */
    private enum Source {
        LOGIN,
        BASIC,
        TOKENS,
        IDENTITY,
        REGISTRY_TOKEN,
        HELPER,
        BROKEN_HELPER,
        TALKING_HELPER;

        Access access() {
            return this == BASIC || this == LOGIN || this == HELPER ? Access.basic(ANN) : Access.tokens(ANN);
        }

        /** The configuration of somebody who is known to a registry in this way. */
        String config(String host) {
            String entry = switch (this) {
                case LOGIN -> "";
                case BASIC, TOKENS ->
                    "\"auth\":\"" + Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(UTF_8)) + "\"";
                case IDENTITY -> "\"identitytoken\":\"" + IDENTITY_TOKEN + "\"";
                case REGISTRY_TOKEN -> "\"registrytoken\":\"" + SecretsTest.REGISTRY_TOKEN + "\"";
                default -> null;
            };
            return entry == null ? "{\"credsStore\":\"planted\"}" : "{\"auths\":{\"" + host + "\":{" + entry + "}}}";
        }

        String helper() {
            String answer = "{\"ServerURL\":\"x\",\"Username\":\"ann\",\"Secret\":\"" + PASSWORD + "\"}";
            return switch (this) {
                case BROKEN_HELPER -> "echo '" + HELPERS_WORDS + "'; echo '" + HELPERS_WORDS + "' >&2; exit 1";
                case TALKING_HELPER -> "echo '" + HELPERS_WORDS + answer + "'";
                default -> "echo '" + HELPERS_WORDS + "' >&2; echo '" + answer + "'";
            };
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(180)
    void noCommandShowsOrWritesASecret(Source source) throws Exception {
        home = Files.createDirectories(directory.resolve("home"));
        work = Files.createDirectories(directory.resolve("work"));
        TestRegistry registry = TestRegistry.builder().access(source.access()).start();
        open.add(registry);
        prepare(registry);
        Files.writeString(home.resolve("config.json"), source.config(registry.host()));
        Path helper = Files.writeString(
                home.resolve("docker-credential-planted"), "#!/bin/sh\n/bin/cat >/dev/null\n" + source.helper() + "\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();

        String said = run(commands(registry, source));

        Set<String> secrets = new LinkedHashSet<>(PLANTED);
        for (LoggedRequest request : registry.log().requests()) {
            request.authorization().ifPresent(value -> secrets.add(value.substring(value.indexOf(' ') + 1)));
        }
        assertThat(registry.log().requests()).isNotEmpty();
        assertThat(said).contains("GET http").contains("\tat ");
        assertThat(said.lines().filter("== exit 0"::equals).count())
                .as(said)
                .isGreaterThanOrEqualTo(
                        source.helper().contains("ann")
                                        && source != Source.TALKING_HELPER
                                        && source != Source.REGISTRY_TOKEN
                                ? 4
                                : 0);
        assertThat(said).doesNotContain("internal error");
        assertNone(secrets, said, "the output");
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNone(secrets, new String(Files.readAllBytes(file), ISO_8859_1), file.toString());
            }
        }
    }

    private static void assertNone(Set<String> secrets, String text, String where) {
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                assertThat(text.contains(form))
                        .as("%s has the secret %s as %s: %s", where, secret, form, line(text, form))
                        .isFalse();
            }
        }
    }

    private static String line(String text, String form) {
        return text.lines().filter(line -> line.contains(form)).findFirst().orElse("");
    }

    /** The secret itself, as a URL has it, and within Base64 of something longer. */
    private static Set<String> forms(String secret) {
        Set<String> forms = new LinkedHashSet<>(List.of(secret, URLEncoder.encode(secret, UTF_8)));
        for (int before = 0; before < 3; before++) {
            byte[] longer = Arrays.copyOf(new byte[before], before + secret.getBytes(UTF_8).length);
            System.arraycopy(secret.getBytes(UTF_8), 0, longer, before, longer.length - before);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(longer);
            forms.add(encoded.substring(before + 1, encoded.length() - 2));
        }
        return forms;
    }

    private List<String> commands(TestRegistry registry, Source source) {
        List<String> commands = new ArrayList<>();
        if (source == Source.LOGIN) {
            commands.add("login -u ann --password-stdin " + registry.host());
        }
        for (String name : REPOSITORIES) {
            String repository = registry.host() + "/" + name;
            commands.add("pull " + repository + ":1 --bundle " + name + ".json --relocation-map " + name + "-map.json");
            if (name.equals("raw")) {
                continue; // what is no HTTP is asked for again, after waits
            }
            commands.add("copy " + repository + ":1 " + registry.host() + "/copies/" + name + ":1");
            commands.add("copy " + registry.host() + "/ok:1 " + repository + "/below:2");
            commands.add("archive " + repository + ":1 " + name + ".tgz");
            commands.add("push bundle.json --target " + repository + "/below:3");
            commands.add("fixup bundle.json --target " + repository + "/below --bundle " + name + "-fixed.json");
            commands.add("publish ok.tgz " + repository + "/below:4");
        }
        commands.add("logout " + registry.host());
        return commands.stream().map(line -> line + " --log-level debug").toList();
    }

    private String run(List<String> commands) throws IOException, InterruptedException {
        Path lines = Files.write(home.resolve("commands"), commands);
        Path input = Files.writeString(home.resolve("input"), PASSWORD + "\n");
        Path output = home.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyCommands.class.getName(),
                        lines.toString())
                .directory(work.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("DOCKER_CONFIG", home.toString(), "PATH", home.toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(150, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        return said;
    }

    /** A bundle in each repository, and then what is wrong with it. */
    private void prepare(TestRegistry registry) throws IOException {
        ContentGenerator generator = new ContentGenerator(7);
        GeneratedBundle bundle = new BundleBuilder(registry.host(), "ok/images", generator.image())
                .component("single", generator.image())
                .build();
        registry.load(bundle);
        Files.writeString(work.resolve("bundle.json"), bundle.json());
        Tool tool = Tool.in(work)
                .with(Map.of(
                        "DOCKER_CONFIG", home.toString(), "DOCKER_AUTH_CONFIG", Source.BASIC.config(registry.host())));
        for (String name : REPOSITORIES) {
            Tool.Run push = tool.run("push", "bundle.json", "--target", registry.host() + "/" + name + ":1");
            assertThat(push.code()).as(push.err()).isZero();
        }
        assertThat(tool.run("archive", registry.host() + "/ok:1", "ok.tgz").code())
                .isZero();
        registry.log().clear();
        TestRegistry storage = TestRegistry.start();
        open.add(storage);
        storage.inject(RequestPattern.any(), Fault.custom((request, next) -> repeat(403, request)));
        String signed = storage.uri().toString().replace("//", "//ann:" + USER_INFORMATION + "@")
                + "/x?X-Amz-Signature=" + QUERY;

        registry.inject(in("echo"), Fault.custom((request, next) -> repeat(400, request)));
        registry.inject(
                in("page"), Fault.custom((request, next) -> repeat(403, request).with("Content-Type", "text/html")));
        registry.inject(in("signed").and(request -> Kind.of(request) == Kind.BLOB), Fault.redirect(307, signed));
        registry.inject(
                in("session").and(request -> Kind.of(request) == Kind.UPLOAD),
                Fault.custom((request, next) -> request.method().equals("POST")
                        ? Response.of(202).with("Location", request.path() + "1?_state=" + QUERY)
                        : repeat(400, request)));
        registry.inject(in("astray"), Fault.redirect(307, "h ttp://ann:" + USER_INFORMATION + "@x/?" + QUERY));
        registry.inject(in("raw"), Fault.custom((request, next) -> {
            throw AbortConnectionException.afterBytes(
                    ("HTTP/1.1 200 OK\r\nno field but " + authorization(request) + " " + request.target() + "\r\n"
                                    + authorization(request) + "\r\n\r\n")
                            .getBytes(UTF_8),
                    AbortConnectionException.How.CLOSE);
        }));
        registry.inject(
                in("realm"),
                Fault.reply(Response.of(401)
                        .with("WWW-Authenticate", "Bearer realm=\"" + signed + "\",service=\"s\",scope=\"a\"")));
    }

    private static RequestPattern in(String repository) {
        return RequestPattern.any()
                .and(request -> request.path().startsWith("/v2/" + repository + "/"))
                .and(request -> request.headers().contains("Authorization")
                        || !request.path().startsWith("/v2/echo/"));
    }

    /** A refusal that repeats what it was asked, with its credentials. */
    private static Response repeat(int status, Request request) {
        String text = "no: http://ann:" + USER_INFORMATION + "@"
                + request.headers().first("Host").orElse("") + request.target() + " and " + request.target() + " with "
                + authorization(request);
        return Response.of(status)
                .withBody(Body.of(
                        ("{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"" + text + "\"}]}").getBytes(UTF_8)));
    }

    private static String authorization(Request request) {
        return request.headers().first("Authorization").orElse("nothing");
    }
}
