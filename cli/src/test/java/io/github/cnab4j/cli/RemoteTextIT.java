/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What others say must not steer the terminal of whoever runs the packaged command, whatever it says and however much is logged. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class RemoteTextIT {
    /** Clears the screen, renames the window, turns the direction of writing, ends a line, and takes a character back. */
    private static final String STEERING =
            "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202eevil\u2028\r\nError: fine\b\u0000";

    @RegisterExtension
    final RegistryExtension extension = new RegistryExtension();

    @TempDir
    Path directory;

    private PackagedCommand command;
    private GeneratedBundle bundle;

    @BeforeEach
    void prepare() throws Exception {
        command = new PackagedCommand(directory.resolve("work"), directory.resolve("logs"));
        bundle = BundleBuilder.ofSmallImages(registry().host(), "app", new ContentGenerator(1), 1);
        registry().load(bundle);
        Files.write(directory.resolve("work").resolve("bundle.json"), bundle.bytes());
    }

    private TestRegistry registry() {
        return extension.registry();
    }

    static Stream<Arguments> refusals() {
        String raw = "HTTP/1.1 403 No\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n" + STEERING;
        return Stream.of(
                Arguments.of("an error list", Fault.status(403, ErrorCode.DENIED, "no" + STEERING)),
                Arguments.of("plain text", Fault.raw(raw)),
                Arguments.of("something that is not HTTP", Fault.raw("SSH-2.0-" + STEERING + "\r\n")),
                Arguments.of("a status line", Fault.raw("HTTP/1.1 418 \u001b[2J\u009b\r\nContent-Length: 0\r\n\r\n")),
                Arguments.of(
                        "a Location",
                        Fault.raw(
                                "HTTP/1.1 307 Go\r\nLocation: http://\u001b[2J\u009b/x\r\nContent-Length: 0\r\n\r\n")),
                Arguments.of(
                        "a challenge",
                        Fault.raw(
                                "HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer realm=\"\u001b[2J\u009b\",scope=\"\u001b[1m\"\r\n"
                                        + "Content-Length: 0\r\n\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusalOfARegistry(String where, Fault fault) throws Exception {
        registry().inject(RequestPattern.of(Kind.MANIFEST), fault);

        PackagedCommand.Run run = command.start(
                "--log-level", "debug", "push", "bundle.json", "-t", registry().host() + "/target:1");

        assertThat(run.await()).isEqualTo(1);
        assertThat(run.err()).contains("Error: ");
        assertHarmless(run);
    }

    @Test
    void wordsOfAWarning_areToldOnce() throws Exception {
        registry()
                .inject(
                        RequestPattern.any(),
                        Fault.withHeader("Warning", "299 - \"this \\\"registry\\\"\tcloses in May\u009b\""));

        PackagedCommand.Run run =
                command.start("push", "bundle.json", "-t", registry().host() + "/target:1");

        run.succeeds();
        assertThat(run.err()).containsOnlyOnce(registry().host() + " says: this \"registry\" closes in May");
        assertHarmless(run);
    }

    @ParameterizedTest
    @MethodSource("warningsOfOtherForms")
    void warningsOfOtherForms_areNotTold(String field) throws Exception {
        registry().inject(RequestPattern.any(), Fault.withHeader("Warning", field));

        PackagedCommand.Run run = command.start("pull", registry().host() + "/none:1");

        assertThat(run.await()).isEqualTo(1);
        assertThat(run.err()).doesNotContain("says:");
    }

    static Stream<String> warningsOfOtherForms() {
        return Stream.of("199 - \"x\"", "299", "299 - \"", "299 - unquoted");
    }

    @Test
    void namesInABundle() throws Exception {
        String json = bundle.json()
                .replace("\"name\":\"app\"", "\"name\":\"app\\u001b[2J\\u009b\"")
                .replace("\"component-0\"", "\"component\\u001b[2J\\u202e\"")
                .replace(bundle.components().get(0).reference(), "no\\u001b[2J\\u009b/image\\r\\n:1");
        assertThat(json).isNotEqualTo(bundle.json());
        Files.writeString(directory.resolve("work").resolve("bundle.json"), json);

        PackagedCommand.Run run = command.start(
                "--log-level", "debug", "push", "bundle.json", "-t", registry().host() + "/target:1");

        assertThat(run.await()).isEqualTo(1);
        assertHarmless(run);
    }

    @Test
    void bundleThatWasPulled() throws Exception {
        String index =
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"digest\":\"sha256:\\u001b[2J\",\"size\":1,\"annotations\":{\"io.cnab.manifest.type\":\"\\u009b31m\"}}],"
                        + "\"annotations\":{\"org.opencontainers.image.title\":\"\\u001b[2J\"}}";
        registry()
                .repository("hostile")
                .putManifest("application/vnd.oci.image.index.v1+json", index.getBytes(StandardCharsets.UTF_8), "1");

        PackagedCommand.Run run =
                command.start("--log-level", "debug", "pull", registry().host() + "/hostile:1");

        assertThat(run.await()).isEqualTo(1);
        assertHarmless(run);
    }

    /** Line feeds and tabs are ours; anything else that a terminal acts on came from outside. */
    private static void assertHarmless(PackagedCommand.Run run) throws Exception {
        String all = run.out() + run.err();
        assertThat(all.codePoints()
                        .filter(c -> c != '\n' && c != '\t')
                        .filter(c -> {
                            int type = Character.getType(c);
                            return type == Character.CONTROL
                                    || type == Character.FORMAT
                                    || type == Character.LINE_SEPARATOR
                                    || type == Character.PARAGRAPH_SEPARATOR;
                        })
                        .mapToObj(Integer::toHexString)
                        .distinct())
                .as(all)
                .isEmpty();
        assertThat(all.lines()).noneMatch(line -> line.startsWith("Error: fine"));
    }
}
