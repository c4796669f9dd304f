/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The command as it is packaged, run in a directory; each run is a process with files of its own for what it says. */
final class PackagedCommand {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path COMMAND =
            Path.of("target", "cnab-to-oci", "bin", "cnab-to-oci").toAbsolutePath();

    private final Path directory;
    private final Path logs;
    private final AtomicInteger runs = new AtomicInteger();

    /**
     * The command.
     *
     * @param directory where it runs
     * @param logs where its output goes
     */
    PackagedCommand(Path directory, Path logs) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.logs = Files.createDirectories(logs);
    }

    /** A process that has been started, and its output so far. */
    record Run(Process process, Path outFile, Path errFile) {
        String out() throws IOException {
            return Files.readString(outFile);
        }

        String err() throws IOException {
            return Files.readString(errFile);
        }

        /** Sends it a signal; by name, since Java only knows TERM and KILL. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        /** Its exit code. */
        int await() throws InterruptedException {
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended).as("the command ended in time").isTrue();
            return process.exitValue();
        }

        /** Its standard output when it has succeeded. */
        String succeeds() throws IOException, InterruptedException {
            int code = await();
            assertThat(code).as(err()).isZero();
            return out();
        }
    }

    /** Starts it with SIGINT as it is for whoever types: tests in the background would have it ignored. */
    Run start(String... args) throws IOException {
        return start(Map.of(), "", args);
    }

    /** {@link #start(String...)} with more environment variables, and with this text on standard input. */
    Run start(Map<String, String> environment, String input, String... args) throws IOException {
        List<String> line = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT", COMMAND.toString()));
        line.addAll(List.of(args));
        int run = runs.incrementAndGet();
        Path out = logs.resolve("out" + run);
        Path err = logs.resolve("err" + run);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectInput(
                        Files.writeString(logs.resolve("in" + run), input).toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("DOCKER_CONFIG", logs.toString());
        builder.environment().putAll(environment);
        return new Run(builder.start(), out, err);
    }
}
