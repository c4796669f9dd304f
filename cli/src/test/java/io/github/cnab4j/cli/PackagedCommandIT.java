/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is packaged, in a process of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class PackagedCommandIT {
    private static final Path COMMAND =
            Path.of("target", "cnab-to-oci", "bin", "cnab-to-oci").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final RegistryExtension extension = new RegistryExtension();

    @TempDir
    Path directory;

    private record Result(int code, String out, String err) {}

    @Test
    void saysItsVersionAndNothingElse() throws Exception {
        Result result = run(COMMAND, "version");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Version:      ").hasLineCount(4);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void startsFromTheClassesOfItsTrainingRun() throws IOException {
        Path lib = COMMAND.getParent().resolveSibling("lib");

        assertThat(Files.readString(lib.resolve("runtime"))).matches("\\d+\\S* (AOTCache|SharedArchiveFile)\n");
        assertThat(lib.resolve("classes.cache")).exists();
    }

    @Test
    void runsThroughALinkFromAnotherDirectory() throws Exception {
        Path spaced = Files.createDirectory(directory.resolve("with space"));
        Path link = Files.createSymbolicLink(spaced.resolve("link"), COMMAND);

        assertThat(run(link, "version").code()).isZero();
    }

    @Test
    void exitsWith2OnWrongUsage() throws Exception {
        Result result = run(COMMAND, "push");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("Error: ");
    }

    @Test
    void pushesAndPullsBesideFilesWithNamesBeyondAscii() throws Exception {
        TestRegistry registry = extension.registry();
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 2);
        registry.load(bundle);
        Files.write(directory.resolve("bündel.json"), bundle.bytes());

        Result push = run(COMMAND, "push", "bündel.json", "-t", registry.host() + "/target:1");
        Result pull = run(COMMAND, "pull", registry.host() + "/target:1", "--bundle", "gezögen.json");

        assertThat(push.code()).as(push.err()).isZero();
        assertThat(push.out())
                .isEqualTo("Pushed successfully, with digest \""
                        + registry.repository("target").resolve("1").orElseThrow() + "\"\n");
        assertThat(pull.code()).as(pull.err()).isZero();
        assertThat(directory.resolve("gezögen.json")).exists();
    }

    @Test
    void failsIfStandardOutputCannotTakeTheResult() throws Exception {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        TestRegistry registry = extension.registry();
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 0);
        registry.load(bundle);
        Files.write(directory.resolve("bundle.json"), bundle.bytes());

        Process process = process(COMMAND, "push", "bundle.json", "-t", registry.host() + "/target:1")
                .redirectOutput(full.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("err"))).contains("Error: standard output cannot be written");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
    void endsWith130OnAnInterruptAndLeavesNothingHalfDone() throws Exception {
        TestRegistry registry = extension.registry();
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 2);
        registry.load(bundle);
        Files.write(directory.resolve("bundle.json"), bundle.bytes());
        Gate gate = new Gate();
        registry.inject(RequestPattern.of("GET", Kind.BLOB), Fault.hold(gate));

        Process process = process(
                        Path.of("/usr/bin/env"),
                        // Whoever runs the tests in the background has the signal ignored in all that they start.
                        "--default-signal=INT",
                        COMMAND.toString(),
                        "fixup",
                        "bundle.json",
                        "-t",
                        registry.host() + "/target:1")
                .start();
        assertThat(gate.awaitArrivals(1, PATIENCE)).isTrue();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        gate.open();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(directory.resolve("err")))
                .contains("Error: interrupted\n", "Run the same command again")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("fixed-bundle.json")).doesNotExist();
        assertThat(registry.openUploads()).isZero();
    }

    private Result run(Path command, String... args) throws IOException, InterruptedException {
        Process process = process(command, args).start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("not ended after " + PATIENCE);
        }
        return new Result(
                process.exitValue(),
                Files.readString(directory.resolve("out")),
                Files.readString(directory.resolve("err")));
    }

    private ProcessBuilder process(Path command, String... args) {
        List<String> line = new ArrayList<>();
        line.add(command.toString());
        line.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().put("DOCKER_CONFIG", directory.resolve("none").toString());
        return builder;
    }
}
