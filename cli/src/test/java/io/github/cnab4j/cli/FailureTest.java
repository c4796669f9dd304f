/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can go wrong: one clear message, exit code 1, no stack trace, no file, no tag at the target. */
class FailureTest {
    @RegisterExtension
    final RegistryExtension extension = new RegistryExtension();

    @TempDir
    Path directory;

    private TestRegistry registry;
    private Tool tool;
    private GeneratedBundle bundle;
    private String target;
    /** What the target may have: what was pushed there before the failure. */
    private List<String> expectedTags = List.of();

    @BeforeEach
    void bundle() throws IOException {
        registry = extension.registry();
        tool = Tool.in(directory);
        bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(3), 2);
        registry.load(bundle);
        tool.write("bundle.json", bundle.json());
        target = registry.host() + "/target/app:1.0";
    }

    @Nested
    class BundleFile {
        @Test
        void absent() {
            assertFails(push("missing.json"), "missing.json cannot be read: no such file or directory");
        }

        @Test
        void aDirectory() {
            assertFails(push("."), ". cannot be read: it is a directory");
        }

        @Test
        void tooLarge() throws IOException {
            try (var file = Files.newByteChannel(
                    directory.resolve("large.json"),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.WRITE)) {
                // Sparse: takes no room on the disk.
                file.position((64 << 20)).write(java.nio.ByteBuffer.wrap(new byte[1]));
            }
            assertFails(push("large.json"), "large.json has more than 64 MiB");
        }

        @Test
        void tooDeep() throws IOException {
            tool.write("deep.json", "{\"custom\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
            assertFails(push("deep.json"), "deep.json: ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "hello",
                    "[]",
                    "null",
                    "{",
                    "{} trailing",
                    "\uFEFF{}",
                    "{\"name\":1}",
                    "{\"name\":\"a\",\"name\":\"b\"}",
                    "{\"schemaVersion\":\"v1.0.0\",\"name\":\"n\",\"version\":\"1\",\"invocationImages\":{}}",
                    "{\"schemaVersion\":\"v1.0.0\",\"name\":\"n\",\"version\":\"1\",\"invocationImages\":"
                            + "[{\"image\":\"x\",\"imageType\":\"oci\",\"size\":-1}]}",
                })
        void noBundle(String content) throws IOException {
            tool.write("bad.json", content);
            assertFails(push("bad.json"), "bad.json: ");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = '|',
                value = {
                    "`{\"name\":\"n\",\"invocationImages\":[]}` | invocation image",
                    "`{\"name\":\"n\",\"invocationImages\":[{\"imageType\":\"vm\",\"image\":\"x/y\"}]}` | vm",
                    "`{\"name\":\"n\",\"invocationImages\":[{\"imageType\":\"oci\",\"image\":\"UPPER/y\"}]}` | UPPER/y",
                })
        void unusableImages(String content, String message) throws IOException {
            tool.write("bad.json", content);
            assertFails(push("bad.json"), message);
        }
    }

    @Nested
    class Images {
        @Test
        void withoutDigest() throws IOException {
            tool.write("bare.json", bundle.json().replaceAll("\"contentDigest\":\"[^\"]+\",", ""));

            Tool.Run run = push("bare.json");

            assertFails(run, "contentDigest is missing");
            assertThat(run.errLines()).last().asString().startsWith("Hint: ").contains("--auto-update-bundle");
        }

        @ParameterizedTest
        @CsvSource({"\"size\":\\d+,\"size\":1", "oci.image.manifest.v1,oci.image.index.v1"})
        void otherThanTheBundleSays(String found, String wrong) throws IOException {
            tool.write("wrong.json", bundle.json().replaceFirst(found, wrong));

            Tool.Run run = push("wrong.json");

            assertFails(run, "app/installer:1.0");
            assertThat(run.err()).contains("--auto-update-bundle");
        }

        @Test
        void thatNobodyHas() throws IOException {
            tool.write("lost.json", bundle.json().replace("app/installer:1.0", "app/installer:9.9"));

            assertFails(push("lost.json"), "app/installer:9.9");
        }

        @Test
        void withoutTheAskedPlatform() throws IOException {
            var generator = new ContentGenerator(5);
            GeneratedBundle multi = new BundleBuilder(registry.host(), "multi", generator.image())
                    .component(
                            "web",
                            generator.multiPlatform(
                                    io.github.cnab4j.testkit.generate.ImageFormat.OCI,
                                    io.github.cnab4j.testkit.generate.TargetPlatform.LINUX_AMD64))
                    .build();
            registry.load(multi);
            tool.write("multi.json", multi.json());

            assertFails(push("multi.json", "--component-platforms", "windows/amd64"), "multi/web:1.0");
        }
    }

    @Nested
    class Registries {
        @Test
        void down() {
            registry.close();

            assertFails(tool.run("pull", target), registry.host());
            assertFails(push("bundle.json"), registry.host());
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403, 404})
        void refusing(int status) {
            registry.inject(RequestPattern.any(), Fault.status(status));

            assertFails(tool.run("pull", target), "target/app");
            assertFails(push("bundle.json"), registry.host());
        }

        @Test
        void refusingTheTargetNameTheTarget() {
            registry.inject(RequestPattern.any().repository("target/app"), Fault.status(403));

            assertFails(push("bundle.json"), "target/app");
        }

        @Test
        void thatWantCredentialsGetThoseOfTheEnvironment() {
            try (TestRegistry closed = TestRegistry.builder()
                    .access(Access.basic(Account.of("user", "secret")))
                    .start()) {
                closed.load(BundleBuilder.ofSmallImages(closed.host(), "app", new ContentGenerator(3), 2));
                String closedTarget = closed.host() + "/target/app:1.0";

                Tool.Run without = tool.run("push", "bundle.json", "-t", closedTarget);
                assertFails(without, closed.host());

                String auth = Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
                String config = "{\"auths\":{\"" + closed.host() + "\":{\"auth\":\"" + auth + "\"}}}";
                Tool.Run with =
                        tool.with(Map.of("DOCKER_AUTH_CONFIG", config)).run("push", "bundle.json", "-t", closedTarget);
                assertThat(with.code()).as(with.err()).isZero();
                assertThat(with.err()).doesNotContain("secret", auth);
            }
        }

        @Test
        void sayingControlCharactersDoNotReachTheTerminal() {
            registry.inject(
                    RequestPattern.of(Kind.MANIFEST),
                    Fault.status(403, io.github.cnab4j.server.protocol.ErrorCode.DENIED, "no \u001b[2J\u0007 way"));

            Tool.Run run = tool.run("pull", target);

            assertFails(run, "target/app");
            assertThat(run.err()).doesNotContain("\u001b", "\u0007");
        }
    }

    @Nested
    class Content {
        @BeforeEach
        void push() {
            Tool.Run run = FailureTest.this.push("bundle.json");
            assertThat(run.code()).as(run.err()).isZero();
            expectedTags = List.of("1.0");
        }

        @Test
        void thatIsNoBundle() {
            assertFails(tool.run("pull", registry.host() + "/app/installer:1.0"), "app/installer");
        }

        @ParameterizedTest
        @ValueSource(strings = {"MANIFEST", "BLOB"})
        void altered(Kind kind) {
            registry.inject(RequestPattern.of("GET", kind), Fault.flipBit(10));

            assertFails(tool.run("pull", target), "target/app");
        }

        @ParameterizedTest
        @ValueSource(strings = {"MANIFEST", "BLOB"})
        void truncated(Kind kind) {
            registry.inject(RequestPattern.of("GET", kind), Fault.truncate(10));

            assertFails(tool.run("pull", target), registry.host());
        }

        @Test
        void ofAnotherType() {
            registry.inject(
                    RequestPattern.of(Kind.MANIFEST),
                    Fault.withHeader("Content-Type", "application/vnd.oci.image.manifest.v1+json"));

            assertFails(tool.run("pull", target), "target/app");
        }

        @Test
        void underAWrongDigestHeader() {
            registry.inject(
                    RequestPattern.of(Kind.MANIFEST),
                    Fault.withHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64)));

            assertFails(tool.run("pull", target), "target/app");
        }
    }

    @Nested
    class OutputFiles {
        @ParameterizedTest
        @ValueSource(strings = {"missing/out.json", "."})
        void thatCannotBeWrittenStopTheWorkBeforeItBegins(String path) {
            int before = registry.log().count();

            Tool.Run fixup = tool.run("fixup", "bundle.json", "-t", target, "--relocation-map", path);
            Tool.Run pull = tool.run("pull", target, "--bundle", path);

            assertFails(fixup, path + " cannot be written");
            assertFails(pull, path + " cannot be written");
            assertThat(registry.log().count()).isEqualTo(before);
        }

        @Test
        void stayAsTheyWereWhenTheWorkFails() throws IOException {
            tool.write("pulled.json", "old bundle");
            tool.write("relocation-map.json", "old map");

            assertThat(tool.run("pull", target).code()).isEqualTo(1);

            assertThat(tool.read("pulled.json")).isEqualTo("old bundle");
            assertThat(tool.read("relocation-map.json")).isEqualTo("old map");
        }
    }

    @Nested
    class Interrupted {
        @Test
        void saysHowToGoOnAndExits130() {
            Cancellation cancellation = new Cancellation();
            cancellation.cancel();

            Tool.Run run = tool.with(cancellation).run("push", "bundle.json", "-t", target);

            assertThat(run.code()).isEqualTo(130);
            assertThat(run.errLines()).contains("Error: interrupted");
            assertThat(run.errLines()).last().asString().startsWith("Hint: Run the same command again");
            assertThat(registry.repository("target/app").tags()).isEmpty();
        }
    }

    @Test
    void aStackTraceIsShownAtLevelDebugOnly() {
        Tool.Run run = push("missing.json", "--log-level", "debug");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("FileException", "\tat ");
    }

    private Tool.Run push(String file, String... flags) {
        java.util.ArrayList<String> line = new java.util.ArrayList<>(List.of("push", file, "-t", target));
        line.addAll(List.of(flags));
        return tool.run(line.toArray(String[]::new));
    }

    /** Exactly one error with its code, no trace, no new file, and no tag unless an earlier push put it there. */
    private void assertFails(Tool.Run run, String inMessage) {
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("\tat ", "Exception", "internal error");
        assertThat(run.errLines().stream().filter(line -> line.startsWith("Error: ")))
                .singleElement()
                .asString()
                .contains(inMessage)
                .matches(".* \\[[A-Z_]+]");
        assertThat(registry.repository("target/app").tags()).isEqualTo(expectedTags);
        assertThat(tool.has("pulled.json")).isFalse();
        assertThat(tool.has("relocation-map.json")).isFalse();
        assertThat(tool.has("fixed-bundle.json")).isFalse();
    }
}
