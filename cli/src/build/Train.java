/* SPDX-License-Identifier: Apache-2.0 */

import io.github.cnab4j.testkit.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets the packaged command do its usual work once, against a registry in this process, while the virtual machine records the
 * classes that it loads ({@code lib/classes.cache}). {@code lib/runtime} says for which Java the record is, and by which option
 * it is used. A record that cannot be made leaves a command that starts more slowly, which is no reason to have none.
 *
 * <p>Arguments: the packaged command's directory, the directory of the examples.
 */
final class Train {
    private static final int MINUTES = 3;

    private final Path dist;
    private final Path examples;

    private Train(Path dist, Path examples) {
        this.dist = dist;
        this.examples = examples;
    }

    public static void main(String... args) throws IOException, InterruptedException {
        new Train(Path.of(args[0]), Path.of(args[1])).train();
    }

    private void train() throws IOException, InterruptedException {
        // One step from recording to cache needs JDK 25; before it, the older archive of classes does much the same.
        boolean aot = Runtime.version().feature() >= 25;
        Path cache = dist.resolve("lib").resolve("classes.cache");
        Files.deleteIfExists(cache);
        Path work = Files.createTempDirectory(dist.resolveSibling("."), "training");
        try (TestRegistry registry = TestRegistry.start()) {
            run(command(cache, aot, work, registry.host()), work);
        } catch (IllegalStateException failed) {
            Files.deleteIfExists(cache);
            System.err.println("no class cache: " + failed.getMessage());
        } finally {
            delete(work);
        }
        String option = !Files.exists(cache) ? "" : aot ? "AOTCache" : "SharedArchiveFile";
        Files.writeString(
                dist.resolve("lib").resolve("runtime"), System.getProperty("java.version") + " " + option + "\n");
    }

    private List<String> command(Path cache, boolean aot, Path work, String registry) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + dist.resolve("lib").resolve("java.options"));
        command.add((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache);
        command.addAll(List.of("-cp", dist.resolve("lib").resolve("cnab4j-cli.jar").toString()));
        command.add("io.github.cnab4j.cli.TrainingRun");
        String bundle = examples.resolve("bundle.json").toString();
        String layout = "oci:" + work.resolve("layout");
        String results = "--bundle=" + work.resolve("bundle.json");
        Path mapFile = work.resolve("map.json");
        String map = "--relocation-map=" + mapFile;
        String images = "oci:" + examples.resolve("images");
        command.addAll(List.of("version", "--log-level=info", ";", "push", "--help", ";"));
        command.addAll(List.of("push", bundle, "--from", images, "--target", layout + ":1", ";"));
        command.addAll(List.of("push", bundle, "--from", images, "--target", registry + "/a:1", ";"));
        command.addAll(List.of("fixup", bundle, "--from", images, "--target", registry + "/b", results, map, ";"));
        command.addAll(List.of("pull", registry + "/a:1", results, map, ";"));
        command.addAll(
                List.of("push", bundle, "--use-relocation-map=" + mapFile, "--target", registry + "/c:1"));
        return command;
    }

    private static void run(List<String> command, Path work) throws IOException, InterruptedException {
        Path log = work.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
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
