/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code verify} of files and directories. */
class VerifyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final Pattern COMMAND = Pattern.compile("(?m)^cnab-to-oci (.+)$");

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @TempDir
    Path directory;

    private Tool tool;
    private String bundle;

    @BeforeEach
    void push() {
        tool = Tool.in(directory);
        bundle = sources.registry().host() + "/apps/hello:1.0";
        succeed(
                "push",
                EXAMPLES.resolve("bundle.json").toString(),
                "--from",
                "oci:" + EXAMPLES.resolve("images"),
                "--target",
                bundle);
    }

    private Tool.Run succeed(String... args) {
        Tool.Run run = tool.run(args);
        assertThat(run.code()).as(String.join(" ", args) + ": " + run.err()).isZero();
        return run;
    }

    @Test
    void aFileIsAnArchive_andADirectoryALayout() {
        Path layout = directory.resolve("hello");
        succeed("archive", bundle, "hello.tgz");
        succeed("copy", bundle, "oci:" + layout + ":1.0");

        Tool.Run file = succeed("verify", "hello.tgz");
        Tool.Run whole = succeed("verify", "hello");

        assertThat(file.out()).isEqualTo("oci-archive:" + directory.resolve("hello.tgz") + "\n");
        assertThat(whole.out()).isEqualTo("oci:" + layout + "\n");
        assertThat(whole.err()).matches("Verified \\d+ contents, \\d+ bytes\\.\n");
        assertThat(succeed("verify", "oci:" + layout)).isEqualTo(whole);
        assertThat(succeed("verify", "oci:" + layout + ":1.0").out()).contains("@sha256:");
    }

    @Test
    void whatIsWrong_isSaidInALine_andWhatIsOdd_isAWarning() throws IOException {
        Path layout = directory.resolve("hello");
        succeed("copy", bundle, "oci:" + layout + ":1.0");
        Files.writeString(layout.resolve("notes.txt"), "not mine");
        assertThat(succeed("verify", "hello").err()).contains("\"notes.txt\" is no part of an OCI image layout");
        Path stray = layout.resolve("blobs/sha256").resolve("0".repeat(64));
        Files.writeString(stray, "stray");

        Tool.Run run = tool.run("verify", "hello");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Error: ").contains("0".repeat(64)).contains("[CONTENT_MISMATCH]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.tgz", "absent.tar", "./absent", "../absent", "/absent"})
    void aFileThatIsNotThere_isNotLookedForInARegistry(String name) {
        Tool.Run run = tool.run("verify", name);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("there is no archive ")
                .contains("absent")
                .contains("[NOT_FOUND]");
    }

    /** Every command of the page, one after the other. */
    @Test
    void theGuidesCommandsWork() throws IOException {
        List<String> commands = COMMAND.matcher(Files.readString(ROOT.resolve("docs/guide/verify.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(commands).hasSize(6);
        for (String command : commands) {
            succeed(command.replace("registry.example", sources.registry().host())
                    .replace("oci:hello", "oci:" + directory.resolve("hello"))
                    .split(" "));
        }
    }
}
