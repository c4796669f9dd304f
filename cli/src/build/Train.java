/* SPDX-License-Identifier: Apache-2.0 */

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets the packaged command do its usual work once, against registries in this process, while the virtual machine records the
 * classes that it loads ({@code lib/classes.cache}). It runs on the newest Java of this machine, whichever one builds it;
 * {@code lib/runtime} says the version, by which option the record is used, and where that Java is. A record that cannot be
 * made leaves a command that starts more slowly, which is no reason to have none.
 *
 * <p>Arguments: the packaged command's directory, the directory of the examples.
 */
final class Train {
    private static final int MINUTES = 3;
    /** From here on there is one step from a training run to an AOT cache; before it, the archive of classes does much the same. */
    private static final int FIRST_WITH_AOT_CACHE = 25;

    /**
     * An AOT cache can also remember what the compilers took, and a run then repeats that at once: even one that needs none of it,
     * so it is left out.
     */
    private static final List<String> CLASSES_ONLY = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private static final String USER = "trainee";

    private final Path lib;
    private final Path examples;

    /** A Java: where it is, and its version as its file {@code release} has it. */
    private record Java(Path home, String version) {
        boolean hasAotCache() {
            return Integer.parseInt(version.split("[^0-9]")[0]) >= FIRST_WITH_AOT_CACHE;
        }
    }

    private Train(Path lib, Path examples) {
        this.lib = lib;
        this.examples = examples;
    }

    public static void main(String... args) throws IOException, InterruptedException {
        new Train(Path.of(args[0], "lib"), Path.of(args[1])).train();
    }

    private void train() throws IOException, InterruptedException {
        Path cache = lib.resolve("classes.cache");
        Files.deleteIfExists(cache);
        Path work = Files.createTempDirectory(lib.resolveSibling(".."), "training");
        SelfSigned certificate = SelfSigned.create();
        try (TestRegistry open = TestRegistry.start();
                TestRegistry other = TestRegistry.start();
                TestRegistry closed = TestRegistry.builder()
                        .tls(certificate.serverContext())
                        .access(Access.tokens(Account.of(USER, USER)))
                        .start()) {
            // As most registries do, which take no blob in a POST.
            other.inject(RequestPattern.any(), Fault.ignorePostedBlob());
            Java java = newestJava(work);
            logIn(closed.host(), work.resolve("config.json"));
            List<String> command = javaCommand(java, cache);
            lines(work, open.host(), other.host(), closed.host()).forEach(line -> {
                command.addAll(line);
                command.add(";");
            });
            command.remove(command.size() - 1);
            run(command, work.resolve("log"));
            if (!Files.exists(cache)) {
                throw new IllegalStateException("Java has written none");
            }
            String option = java.hasAotCache() ? "AOTCache" : "SharedArchiveFile";
            Files.writeString(lib.resolve("runtime"), java.version() + " " + option + " " + java.home() + "\n");
        } catch (IOException | IllegalStateException failed) {
            Files.deleteIfExists(cache);
            Files.writeString(lib.resolve("runtime"), "none\n");
            System.err.println("no class cache: " + failed.getMessage());
        } finally {
            delete(work);
        }
    }

    private Java newestJava(Path work) throws IOException, InterruptedException {
        Path answer = work.resolve("java");
        run(
                List.of(
                        "sh",
                        "-euc",
                        ". \"$1\"; find_java java; printf '%s\\n%s\\n' \"$java_home\" \"$java_version\"",
                        "sh",
                        lib.resolve("find-java.sh").toString()),
                answer);
        List<String> lines = Files.readAllLines(answer);
        return new Java(Path.of(lines.get(0)), lines.get(1));
    }

    private List<String> javaCommand(Java java, Path cache) {
        List<String> command = new ArrayList<>();
        command.add(java.home().resolve("bin").resolve("java").toString());
        command.add("@" + lib.resolve("java.options"));
        if (java.hasAotCache()) {
            command.addAll(CLASSES_ONLY);
        }
        command.add((java.hasAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache);
        command.addAll(List.of("-cp", lib.resolve("cnab4j-cli.jar").toString()));
        command.add("io.github.cnab4j.cli.TrainingRun");
        return command;
    }

    /** What users do: every command, flags long and short, into what is empty and what is not, from and to stores of all kinds. */
    private List<List<String>> lines(Path work, String registry, String other, String closed) {
        String bundle = examples.resolve("bundle.json").toString();
        String images = "oci:" + examples.resolve("images");
        String layout = "oci:" + work.resolve("layout");
        String results = "--bundle=" + work.resolve("bundle.json");
        Path mapFile = work.resolve("map.json");
        String map = "--relocation-map=" + mapFile;
        String useMap = "--use-relocation-map=" + mapFile;
        String archive = work.resolve("a.tgz").toString();
        String tls = "--insecure-registries=" + closed;
        List<String> push = List.of("push", bundle, "--from", images, "-t", registry + "/a:1", "--auto-update-bundle");
        List<String> copy = List.of("copy", registry + "/a:1", other + "/copied:1");
        return List.of(
                List.of("version", "--log-level=info"),
                List.of("push", "--help"),
                List.of("push", bundle, "--from", images, "--target", layout + ":1"),
                push,
                push,
                List.of("fixup", bundle, "--from", images, "--target", registry + "/b", results, map),
                List.of("push", bundle, useMap, "-t", registry + "/c:1"),
                List.of("push", bundle, useMap, "-t", other + "/d:1"),
                List.of("push", bundle, useMap, "-t", other + "/d:2"),
                List.of("pull", layout + ":1", results, map),
                List.of("pull", registry + "/a:1", results, map),
                List.of("copy", registry + "/a:1", layout + "-copied"),
                copy,
                copy,
                List.of("archive", registry + "/a:1", archive),
                List.of("publish", archive, other + "/e:1"),
                List.of("copy", registry + "/a:1", closed + "/a:1", tls),
                List.of("pull", closed + "/a:1", results, map, tls));
    }

    private static void logIn(String registry, Path config) throws IOException {
        String auth = Base64.getEncoder().encodeToString((USER + ":" + USER).getBytes(StandardCharsets.US_ASCII));
        Files.writeString(config, "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    private static void run(List<String> command, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Whoever builds has credentials, and helpers that ask for them: none of the training's business.
        builder.environment().put("DOCKER_CONFIG", log.getParent().toString());
        builder.environment().remove("DOCKER_AUTH_CONFIG");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("training has not ended in " + MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("training failed: " + Files.readString(log));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
