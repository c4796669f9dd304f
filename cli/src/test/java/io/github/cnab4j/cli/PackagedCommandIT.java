/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.Quirk;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as it is packaged, in a process of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class PackagedCommandIT {
    private static final Path COMMAND =
            Path.of("target", "cnab-to-oci", "bin", "cnab-to-oci").toAbsolutePath();
    /** Bytes of a layer that is not read before its push. */
    private static final int LARGE = 300_000;

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

        assertThat(Files.readString(lib.resolve("runtime"))).matches("\\d+\\S* (AOTCache|SharedArchiveFile) /.*\n");
        assertThat(lib.resolve("classes.cache")).exists();
    }

    @Test
    void versionUsesNeitherTheLibraryNorItsDependencies() throws Exception {
        List<String> classes = initialisedBy("version");

        assertThat(classes).contains("io/github/cnab4j/cli/Main", "io/github/cnab4j/cli/BuildInfo");
        assertThat(classes)
                .filteredOn(name -> name.startsWith("io/github/cnab4j/"))
                .allMatch(name -> name.startsWith("io/github/cnab4j/cli/"));
        assertThat(classes).noneMatch(name -> name.matches("(org/apache|tools/jackson|org/slf4j)/.*"));
    }

    /** Each of these takes a good part of the time of a small command: ADR 0009. */
    @Test
    void smallCommandsNeitherSearchForProvidersNorGenerateMethodsOfRecordsNorSetUpTls() throws Exception {
        TestRegistry registry = extension.registry();
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 2);
        registry.load(bundle);
        Files.write(directory.resolve("bundle.json"), bundle.bytes());

        List<String> push = initialisedBy("push", "bundle.json", "-t", registry.host() + "/target:1");
        List<String> pull = initialisedBy("pull", registry.host() + "/target:1");

        for (List<String> classes : List.of(push, pull)) {
            assertThat(classes).contains("io/github/cnab4j/remotes/Remotes");
            assertThat(classes)
                    .doesNotContain(
                            "java/lang/runtime/ObjectMethods", "java/util/ServiceLoader$LazyClassPathLookupIterator")
                    .noneMatch(name -> name.matches("(javax/net|sun/security)/ssl/.*"));
        }
    }

    /** The classes that were made ready for use, in the notation of class files; a cache may have loaded many more. */
    private List<String> initialisedBy(String... args) throws Exception {
        Path log = directory.resolve("classes.log");
        ProcessBuilder builder = process(COMMAND, args);
        builder.environment().put("CNAB4J_JAVA_OPTS", "-Xlog:class+init=info:file=" + log);
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("err")))
                .isZero();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" Initializing '"))
                    .map(line -> line.split("'", 3)[1])
                    .toList();
        }
    }

    @Test
    void runsThroughALinkFromAnotherDirectory() throws Exception {
        Path spaced = Files.createDirectory(directory.resolve("with space"));
        Path link = Files.createSymbolicLink(spaced.resolve("link"), COMMAND);

        assertThat(run(link, "version").code()).isZero();
    }

    @Test
    void theLauncherOfACloneFindsWhatHasBeenBuilt() throws Exception {
        Path spaced = Files.createDirectory(directory.resolve("with space"));
        Path link = Files.createSymbolicLink(
                spaced.resolve("link"), Path.of("..", "cnab-to-oci").toRealPath());

        Result result = run(link, "version");

        assertThat(result).isEqualTo(new Result(0, run(COMMAND, "version").out(), ""));
    }

    @Test
    void startsWithoutItsCacheOfClassesIfThatIsDamaged() throws Exception {
        Path copy = directory.resolve("copy");
        Path home = COMMAND.getParent().getParent();
        new ProcessBuilder("cp", "-R", home.toString(), copy.toString())
                .inheritIO()
                .start()
                .waitFor();
        Files.writeString(copy.resolve("lib").resolve("classes.cache"), "no cache at all");

        Result result = run(copy.resolve("bin").resolve("cnab-to-oci"), "version");

        assertThat(result).isEqualTo(new Result(0, run(COMMAND, "version").out(), ""));
    }

    @Test
    void showsRequestsAtLevelDebugAndNoCredentials() throws Exception {
        String auth = Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
        try (TestRegistry closed = TestRegistry.builder()
                .access(Access.basic(Account.of("user", "secret")))
                .start()) {
            closed.load(BundleBuilder.ofSmallImages(closed.host(), "app", new ContentGenerator(1), 0));
            Files.writeString(
                    directory.resolve("config.json"),
                    "{\"auths\":{\"" + closed.host() + "\":{\"auth\":\"" + auth + "\"}}}");

            Result quiet = run(COMMAND, "pull", closed.host() + "/app/none:1");
            Result debug = run(COMMAND, "pull", closed.host() + "/app/none:1", "--log-level", "debug");

            assertThat(quiet.err()).startsWith("Error: ").doesNotContain("DEBUG");
            assertThat(debug.err())
                    .containsPattern("(?m)^DEBUG GET .*/v2/app/none/manifests/1.*: 404 in \\d+ ms$")
                    .doesNotContain("secret", auth);
        }
    }

    @Test
    void warnsOnceOfAQuotaThatIsNearlyUsedUp() throws Exception {
        TestRegistry registry = extension.registry();
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 8);
        registry.load(bundle);
        Files.write(directory.resolve("bundle.json"), bundle.bytes());
        registry.with(Quirk.QUOTA_OF_TEN_READS);
        String warning = "WARN " + registry.host() + " has 1 of 10 requests per 6 h left";

        Result within = run(COMMAND, "push", "bundle.json", "-t", registry.host() + "/target:1", "--parallelism", "1");

        assertThat(within.err()).containsOnlyOnce(warning);
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

    /** Java has its own opinion on native code, which is not for the user. */
    @Test
    void packsWithZstandardAndSaysNothingButWhatThereIsToSay() throws Exception {
        TestRegistry registry = extension.registry();
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), 1);
        registry.load(bundle);
        Files.write(directory.resolve("bundle.json"), bundle.bytes());
        String reference = registry.host() + "/target:1";
        run(COMMAND, "push", "bundle.json", "-t", reference);

        Result archive = run(COMMAND, "archive", reference, "bundle.tar.zst", "--compression", "zstd");
        Result verify = run(COMMAND, "verify", "bundle.tar.zst");

        assertThat(archive.code()).as(archive.err()).isZero();
        assertThat(archive.err()).contains(" in an archive of ").hasLineCount(1);
        assertThat(verify.code()).as(verify.err()).isZero();
        assertThat(verify.err()).startsWith("Verified ").hasLineCount(1);
    }

    @Test
    void failsIfStandardOutputCannotTakeTheResult() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
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

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
    void endsWith130OnASignalAndLeavesNothingHalfDone(String signal) throws Exception {
        TestRegistry registry = extension.registry();
        GeneratedImage image = new ContentGenerator(1).image(ImageSpec.small().withLayers(3, LARGE));
        GeneratedBundle bundle = new BundleBuilder(registry.host(), "app", image).build();
        registry.load(bundle);
        Files.write(directory.resolve("bundle.json"), bundle.bytes());
        Gate gate = new Gate();
        registry.inject(RequestPattern.of("GET", Kind.BLOB), Fault.hold(gate));

        // Two registries: within one, no blob would be read.
        try (TestRegistry target = TestRegistry.start()) {
            Process process = process(
                            Path.of("/usr/bin/env"),
                            // Whoever runs the tests in the background has the signal ignored in all that they start.
                            "--default-signal=INT",
                            COMMAND.toString(),
                            "fixup",
                            "bundle.json",
                            "-t",
                            target.host() + "/target:1")
                    .start();
            // A large blob is read when its upload has been opened: whoever is interrupted here has all of them to
            // cancel.
            assertThat(gate.awaitArrivals(image.blobs().size(), PATIENCE)).isTrue();
            assertThat(target.openUploads()).isEqualTo(image.layers().size());
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            gate.open();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(Files.readString(directory.resolve("err")))
                    .contains("Error: interrupted\n", "Run the same command again")
                    .doesNotContain("\tat ");
            assertThat(directory.toFile().list()).containsExactlyInAnyOrder("bundle.json", "out", "err");
            assertThat(target.openUploads()).isZero();
        }
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
        builder.environment().put("DOCKER_CONFIG", directory.toString());
        return builder;
    }
}
