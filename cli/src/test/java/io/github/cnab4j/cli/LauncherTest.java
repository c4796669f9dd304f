/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell scripts before Java: in a project of their own, with a Maven and with JDKs that only say what they were asked. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launchers are shell scripts")
class LauncherTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIST = Path.of("src", "main", "dist").toAbsolutePath();
    private static final List<String> TOOLS = List.of(
            "cat",
            "cp",
            "dirname",
            "env",
            "find",
            "flock",
            "head",
            "mkdir",
            "readlink",
            "rm",
            "rmdir",
            "sh",
            "sleep",
            "tail",
            "touch");

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path bin;

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void onlyTheToolsThatTheScriptsNeed() throws IOException {
        bin = Files.createDirectories(directory.resolve("bin"));
        for (String tool : TOOLS) {
            for (String system : System.getenv("PATH").split(File.pathSeparator)) {
                Path program = Path.of(system, tool);
                if (Files.isExecutable(program) && Files.notExists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), program);
                }
            }
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", directory.toString());
    }

    @Nested
    class OfAClone {
        private Path project;
        private Path launcher;
        private Path builds;

        @BeforeEach
        void makeClone() throws IOException {
            project = directory.resolve("a clone");
            for (String source : List.of("core/src/main", "cli/src/main/dist/lib", "cli/src/build")) {
                Files.createDirectories(project.resolve(source));
            }
            for (String pom : List.of("pom.xml", "core/pom.xml", "cli/pom.xml")) {
                Files.createFile(project.resolve(pom));
            }
            copy(DIST.resolve("lib").resolve("find-java.sh"), project.resolve("cli/src/main/dist/lib"));
            launcher = copy(ROOT.resolve("cnab-to-oci"), project);
            builds = directory.resolve("builds");
            environment.put("CNAB4J_JAVA_HOME", jdk("21.0.2").toString());
            maven("");
        }

        /** Notes each build with its arguments, and makes a command that says its own. */
        private void maven(String before) throws IOException {
            script(bin.resolve("mvn"), """
                    echo "$JAVA_HOME $*" >>"%s"
                    %s
                    mkdir -p cli/target/cnab-to-oci/bin cli/target/cnab-to-oci/lib
                    printf '%%s\\n' '#!/bin/sh' 'printf "<%%s>" "$@"' >cli/target/cnab-to-oci/bin/cnab-to-oci
                    %s cli/target/cnab-to-oci/bin/cnab-to-oci
                    echo 21.0.2 >cli/target/cnab-to-oci/lib/runtime
                    """.formatted(builds, before, "/bin/chmod +x"));
        }

        @Test
        void buildsOnFirstUseAndPassesTheArgumentsOn() throws Exception {
            Result first = run(launcher, "push", "b c", "");
            Result second = run(launcher, "version");

            assertThat(first).isEqualTo(new Result(0, "<push><b c><>", "Building cnab-to-oci ...\n"));
            assertThat(second).isEqualTo(new Result(0, "<version>", ""));
            assertThat(builds).content().hasLineCount(1).startsWith(environment.get("CNAB4J_JAVA_HOME") + " ");
        }

        @Test
        void writesNothingBesideTheFoldersOfBuilds() throws Exception {
            run(launcher, "version");

            assertThat(directory.resolve("work").toFile().list()).isEmpty();
            assertThat(project.toFile().list()).containsExactlyInAnyOrder("cnab-to-oci", "pom.xml", "core", "cli");
            assertThat(project.resolve("cli").toFile().list()).containsExactlyInAnyOrder("pom.xml", "src", "target");
        }

        @Test
        void findsItsCloneThroughLinks() throws Exception {
            Path links = Files.createDirectories(directory.resolve("links").resolve("more"));
            Files.createSymbolicLink(links.resolve("absolute"), launcher);
            Path relative = Files.createSymbolicLink(links.resolveSibling("relative"), Path.of("more", "absolute"));

            assertThat(run(relative, "x").out()).isEqualTo("<x>");
        }

        @Test
        void buildsAgainWhenASourceIsNewer() throws Exception {
            run(launcher, "version");
            Path source = Files.createFile(project.resolve("core/src/main/New.java"));
            Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofHours(1))));

            assertThat(run(launcher, "x").out()).isEqualTo("<x>");

            assertThat(builds).content().hasLineCount(2);
        }

        @Test
        void buildsOnceForTwoThatComeAtATime() throws Exception {
            Path door = directory.resolve("door");
            new ProcessBuilder("mkfifo", door.toString()).inheritIO().start().waitFor();
            maven("cat '" + door + "'");

            Process first = start("first", launcher, "1");
            Process second = start("second", launcher, "2");
            Files.writeString(door, "");

            assertThat(end("first", first))
                    .extracting(Result::code, Result::out)
                    .containsExactly(0, "<1>");
            assertThat(end("second", second))
                    .extracting(Result::code, Result::out)
                    .containsExactly(0, "<2>");
            assertThat(builds).content().hasLineCount(1);
        }

        @Test
        void saysWhatMavenSaysWhenTheBuildFailsAndTriesAgain() throws Exception {
            maven("echo '[ERROR] no such artifact'; exit 1");

            Result failed = run(launcher, "version");
            maven("");
            Result again = run(launcher, "version");

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.out()).isEmpty();
            assertThat(failed.err())
                    .contains("[ERROR] no such artifact", "Error: cnab-to-oci could not be built\nHint: ");
            assertThat(again.code()).isZero();
        }

        @Test
        void needsMaven() throws Exception {
            Files.delete(bin.resolve("mvn"));

            assertThat(run(launcher, "version"))
                    .isEqualTo(new Result(
                            1,
                            "",
                            "Error: Maven is needed to build cnab-to-oci, and mvn is not on the path\n"
                                    + "Hint: Install Maven 3.8 or newer.\n"));
        }

        @Test
        void needsAJdkThatIsNewEnough() throws Exception {
            environment.put("CNAB4J_JAVA_HOME", jdk("11.0.30").toString());

            assertThat(run(launcher, "version"))
                    .isEqualTo(new Result(
                            1,
                            "",
                            "Error: no JDK 17 or newer was found\n"
                                    + "Hint: Install one, or set CNAB4J_JAVA_HOME to where it is.\n"));
        }
    }

    @Nested
    class OfThePackagedCommand {
        private Path command;
        private Path lib;

        @BeforeEach
        void install() throws IOException {
            Path home = Files.createDirectories(directory.resolve("an installation"));
            lib = Files.createDirectory(home.resolve("lib"));
            copy(DIST.resolve("lib").resolve("find-java.sh"), lib);
            copy(DIST.resolve("lib").resolve("java.options"), lib);
            copy(DIST.resolve("lib").resolve("serve.options"), lib);
            command = copy(DIST.resolve("bin").resolve("cnab-to-oci"), Files.createDirectory(home.resolve("bin")));
            environment.put("CNAB4J_JAVA_HOME", jdk("99.0.1").toString());
        }

        @Test
        void passesEveryArgumentOn() throws Exception {
            assertThat(run(command, "push", "b c", "", "-t=$x").out())
                    .isEqualTo(
                            "<@%1$s/java.options><-cp><%1$s/cnab4j-cli.jar><io.github.cnab4j.cli.Main><push><b c><><-t=$x>"
                                    .formatted(lib));
        }

        @Test
        void aServerHasOptionsOfItsOwn() throws Exception {
            assertThat(run(command, "serve", "version").out()).startsWith("<@" + lib + "/serve.options>");
            assertThat(run(command, "version", "serve").out()).startsWith("<@" + lib + "/java.options>");
        }

        @Test
        void usesTheCacheOfClassesWithTheJavaThatMadeItOnly() throws Exception {
            Files.writeString(lib.resolve("runtime"), "99.0.1 AOTCache " + jdk("99.0.1") + "\n");
            String cache = "<-XX:+UnlockDiagnosticVMOptions><-XX:ArchiveRelocationMode=0><-XX:AOTCache=%s>"
                    .formatted(lib.resolve("classes.cache"));

            assertThat(run(command, "version").out()).contains(cache);
            environment.put("CNAB4J_JAVA_HOME", jdk("99.0.2").toString());
            assertThat(run(command, "version").out()).doesNotContain("classes.cache", "Relocation");
        }

        @Test
        void prefersTheJavaOfItsTrainingRunToANewerOneUnlessItHasBeenUpdated() throws Exception {
            environment.remove("CNAB4J_JAVA_HOME");
            environment.put("JAVA_HOME", jdk("97.0.2").toString());
            Path trained = jdk("97.0.1");
            Files.writeString(lib.resolve("runtime"), "97.0.1 AOTCache " + trained + "\n");
            assertThat(javaOf(run(command, "version"))).isEqualTo("97.0.1");

            Files.writeString(trained.resolve("release"), "JAVA_VERSION=\"97.0.1.1\"\n");
            assertThat(javaOf(run(command, "version"))).isEqualTo("97.0.2");
        }

        @Test
        void prefersTheNewestJavaIfThatOfItsTrainingRunIsGone() throws Exception {
            environment.remove("CNAB4J_JAVA_HOME");
            environment.put("JAVA_HOME", jdk("97.0.2").toString());
            Files.writeString(lib.resolve("runtime"), "97.0.1 AOTCache " + directory.resolve("gone") + "\n");

            assertThat(javaOf(run(command, "version"))).isEqualTo("97.0.2");
        }

        @Test
        void startsNoProgramButJava() throws Exception {
            environment.remove("CNAB4J_JAVA_HOME");
            environment.put(
                    "PATH", Files.createDirectory(directory.resolve("empty")).toString());
            Files.writeString(lib.resolve("runtime"), "99.0.1 AOTCache " + jdk("99.0.1") + "\n");

            assertThat(run(command, "version").code()).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "., bin/cnab-to-oci",
            "., ./bin/cnab-to-oci",
            "bin, ./cnab-to-oci",
            "bin, ../bin/cnab-to-oci",
            "lib, ../bin/./cnab-to-oci",
            "bin, sh cnab-to-oci",
            "renamed, ./cnab-to-oci"
        })
        void findsItsLibrariesByWhateverNameItIsCalled(String directory, String name) throws Exception {
            Path home = lib.getParent();
            Files.createDirectory(home.resolve("renamed"));
            Files.copy(command, home.resolve("renamed").resolve("cnab-to-oci"));

            Result result = run(bin.resolve("sh"), "-c", "cd '" + home.resolve(directory) + "' && " + name + " x");

            assertThat(result.out()).contains("<" + lib.toRealPath().resolve("cnab4j-cli.jar") + ">");
        }

        @Test
        void takesOptionsForJava() throws Exception {
            environment.put("CNAB4J_JAVA_OPTS", "-Xmx1g -Dx=y");

            assertThat(run(command, "version").out()).contains("<-Xmx1g><-Dx=y><-cp>");
        }

        @Test
        void prefersTheNewestJavaWhereverItIs() throws Exception {
            environment.remove("CNAB4J_JAVA_HOME");
            environment.put("JAVA_HOME", jdk("97.0.10").toString());
            Files.createDirectories(directory.resolve(".jdks"));
            Files.createSymbolicLink(directory.resolve(".jdks").resolve("nightly"), jdk("97.0.9"));
            assertThat(javaOf(run(command, "version"))).isEqualTo("97.0.10");

            Files.createSymbolicLink(
                    bin.resolve("java"), jdk("98").resolve("bin").resolve("java"));
            assertThat(javaOf(run(command, "version"))).isEqualTo("98");
        }

        @Test
        void needsJava() throws Exception {
            environment.put("CNAB4J_JAVA_HOME", directory.resolve("nowhere").toString());

            assertThat(run(command, "version"))
                    .isEqualTo(new Result(
                            1,
                            "",
                            "Error: no Java 17 or newer was found\n"
                                    + "Hint: Install one, or set CNAB4J_JAVA_HOME to where it is.\n"));
        }

        private String javaOf(Result result) {
            return result.err().strip();
        }
    }

    /** A JDK whose java prints its arguments, and its version to standard error if nothing tells the script which one to take. */
    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("jdk " + version));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"y\"\n");
        Files.createDirectories(home.resolve("bin"));
        script(
                home.resolve("bin").resolve("java"),
                "[ -n \"${CNAB4J_JAVA_HOME:-}\" ] || echo " + version + " >&2\nprintf '<%s>' \"$@\"\n");
        script(home.resolve("bin").resolve("javac"), "");
        return home;
    }

    private static Path copy(Path file, Path to) throws IOException {
        return Files.copy(file, to.resolve(file.getFileName()), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(Path command, String... args) throws IOException, InterruptedException {
        return end("run", start("run", command, args));
    }

    private Process start(String name, Path command, String... args) throws IOException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(Files.createDirectories(directory.resolve("work")).toFile())
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Result end(String name, Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(directory.resolve(name + ".out")),
                Files.readString(directory.resolve(name + ".err")));
    }
}
