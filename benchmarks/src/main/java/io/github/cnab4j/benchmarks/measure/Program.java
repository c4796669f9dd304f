/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs under GNU time, which reads what the kernel counted for them. */
public final class Program {
    /** GNU time. */
    public static final Path TIME = Path.of("/usr/bin/time");

    private final Path scratch;
    private final Duration timeout;

    /**
     * A way to run programs.
     *
     * @param scratch a directory: their working and home directory
     * @param timeout after which a program is stopped
     */
    public Program(Path scratch, Duration timeout) {
        this.scratch = scratch;
        this.timeout = timeout;
    }

    /**
     * Runs a program to its end.
     *
     * @param environment variables added to this process's own; the home directory is always the scratch directory, so that
     *     nothing is remembered from run to run but what a program keeps elsewhere
     */
    public Finished run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(scratch, "home");
        Path figures = home.resolve("figures");
        Path output = home.resolve("output");
        List<String> timed =
                new ArrayList<>(List.of(TIME.toString(), "-q", "-o", figures.toString(), "-f", "%U %S %M"));
        timed.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(timed)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_") || name.equals("DOCKER_CONFIG"));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        double wall = (System.nanoTime() - start) / 1e9;
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
        Cost cost = cost(wall, figures);
        Finished finished = new Finished(process.exitValue(), !ended, cost, Files.readString(output));
        Files.deleteIfExists(figures);
        Files.deleteIfExists(output);
        return finished;
    }

    private static Cost cost(double wall, Path figures) throws IOException {
        List<String> lines = Files.exists(figures) ? Files.readAllLines(figures) : List.of();
        if (lines.isEmpty()) {
            return new Cost(wall, 0, 0);
        }
        String[] words = lines.get(lines.size() - 1).split(" ");
        return new Cost(wall, Double.parseDouble(words[0]) + Double.parseDouble(words[1]), Long.parseLong(words[2]));
    }
}
