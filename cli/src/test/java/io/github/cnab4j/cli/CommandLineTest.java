/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line means, before any command does its work. */
class CommandLineTest {
    @TempDir
    Path directory;

    private Tool tool;

    @BeforeEach
    void tool() {
        tool = Tool.in(directory);
    }

    @Nested
    class Help {
        @ParameterizedTest
        @ValueSource(strings = {"", "--help", "-h", "help", "--log-level nope --help", "--log-level info"})
        void listsTheCommands(String line) {
            Tool.Run run = tool.run(words(line));

            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("Usage:\n  cnab-to-oci [command]\n");
            assertThat(run.out())
                    .contains(
                            "  archive  ",
                            "  copy  ",
                            "  fixup  ",
                            "  help  ",
                            "  publish  ",
                            "  pull  ",
                            "  push  ",
                            "  version  ",
                            "--log-level");
            assertThat(run.err()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "push,-t --target --allow-fallbacks --auto-update-bundle --component-platforms --deep --from --insecure-registries"
                    + " --invocation-platforms --parallelism --push-images --use-relocation-map --help --log-level",
            "fixup,-t --target --auto-update-bundle --bundle --deep --from --insecure-registries --parallelism --relocation-map"
                    + " --use-relocation-map --help --log-level",
            "pull,--bundle --insecure-registries --parallelism --relocation-map --help --log-level",
            "archive,--compression --compression-level --insecure-registries --parallelism --help --log-level",
            "publish,--allow-fallbacks --deep --insecure-registries --parallelism --help --log-level",
            "copy,--deep --insecure-registries --parallelism --help --log-level",
            "login,-u --username --password-stdin --insecure-registries --help --log-level",
            "logout,--help --log-level",
            "version,--help --log-level",
            "help,--help --log-level"
        })
        void namesEveryFlagOfACommand(String command, String flags) {
            Tool.Run run = tool.run(command, "--help");

            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("Usage:\n  cnab-to-oci " + command).contains(flags.split(" "));
            assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
            assertThat(run.err()).isEmpty();
            assertThat(tool.run("help", command)).isEqualTo(run);
        }

        @Test
        void winsOverAMissingArgumentAndABadLevel() {
            assertThat(tool.run("push", "--log-level", "nope", "-h").code()).isZero();
        }
    }

    @Nested
    class Version {
        @ParameterizedTest
        @ValueSource(strings = {"version", "version these are ignored", "--log-level debug version"})
        void hasTheFourLinesOfTheGoTool(String line) {
            Tool.Run run = tool.run(words(line));

            assertThat(run.code()).isZero();
            assertThat(run.out())
                    .matches(
                            "Version:      \\d\\S+\nGit commit:   \\S+\nBuilt:        \\S+\nOS/Arch:      \\S+/\\S+\n");
            assertThat(run.err()).isEmpty();
        }
    }

    @Nested
    class WrongUsage {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--version | unknown flag: --version",
                    "push --nope | unknown flag: --nope",
                    "push b.json -x | unknown flag: -x",
                    "push -t | flag needs a value: --target",
                    "push b.json --target | flag needs a value: --target",
                    "push | push takes 1 argument, the bundle file, and got 0",
                    "fixup | fixup takes 1 argument, the bundle file, and got 0",
                    "pull | pull takes 1 argument, the reference, and got 0",
                    "copy a | copy takes 2 arguments, the source and the target, and got 1",
                    "copy a b c | copy takes 2 arguments, the source and the target, and got 3",
                    "pull a b | pull takes 1 argument, the reference, and got 2",
                    "push b.json --push-images false -t x | push takes 1 argument, the bundle file, and got 2",
                    "push b.json | --target is missing",
                    "push b.json -t= | --target is missing",
                    "fixup b.json | --target is missing",
                    "--log-level nope version | \"nope\" is not a log level",
                    "push b.json --log-level= | \"\" is not a log level",
                    "push b.json -t x --parallelism 0 | --parallelism: \"0\" is not a number above 0",
                    "pull x --bundle= | --bundle is empty",
                    "pull x --bundle a.json --relocation-map ./a.json |"
                            + " --bundle and --relocation-map are the same file, a.json",
                    "nope | unknown command \"nope\"",
                    "help nope | unknown command \"nope\"",
                })
        void isOneLineAndAHintWithExitCode2(String line, String message) {
            // Present, so that nothing else is wrong.
            writeBundle();

            Tool.Run run = tool.run(words(line));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.errLines()).hasSize(2);
            assertThat(run.errLines().get(0)).isEqualTo("Error: " + message);
            assertThat(run.errLines().get(1)).startsWith("Hint: ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "push b.json -t x --push-images=maybe",
                    "push b.json -t x --parallelism many",
                    "push b.json -t x/UPPER",
                    "push b.json -t http://x/y:1",
                    "push b.json -t x --from UPPER:",
                    "push b.json -t x --component-platforms linux/a/b/c/d",
                    "pull x@sha256:12",
                })
        void namesTheFlagWhoseValueCannotBeRead(String line) {
            writeBundle();

            Tool.Run run = tool.run(words(line));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.errLines()).hasSize(2);
            assertThat(run.errLines().get(0))
                    .matches(
                            "Error: .*(--push-images|--parallelism|--target|--from|--component-platforms|reference).*");
        }

        @Test
        void suggestsTheCommandThatWasMeant() {
            assertThat(tool.run("pusj").err())
                    .isEqualTo("Error: unknown command \"pusj\"\nHint: Did you mean pull or push?\n");
        }

        private void writeBundle() {
            try {
                tool.write("b.json", "{}");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Nested
    class Flags {
        @Test
        void mayStandAnywhereAndTheLastOfTwoCounts() {
            assertThat(tool.run("-t", "UPPER/first", "push", "--push-images=f", "missing.json", "-t=ok/second")
                            .err())
                    .contains("missing.json cannot be read");
        }

        @Test
        void areNotReadFromFilesNamedWithAnAtSign() throws java.io.IOException {
            tool.write("args", "--help");

            assertThat(tool.run("pull", "@args").code()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"debug", "INFO", "Warning", "warn", "error", "fatal", "panic", "trace"})
        void takeEveryLevelOfTheGoTool(String level) {
            assertThat(tool.run("--log-level", level, "version").code()).isZero();
        }
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}
