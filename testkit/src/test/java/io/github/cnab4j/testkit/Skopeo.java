/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The skopeo of this machine, with a home directory of the test's. */
final class Skopeo {
    private final Path program;
    private final Path home;

    /** How it ended and what it wrote, to both outputs. */
    record Result(int exitCode, String output) {}

    private Skopeo(Path program, Path home) {
        this.program = program;
        this.home = home;
    }

    /** Finds it. Where it is missing the test is skipped, or fails if {@code CNAB4J_REAL} is 1. */
    static Skopeo require(Path home) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            Path candidate = Path.of(directory, "skopeo");
            if (Files.isExecutable(candidate)) {
                return new Skopeo(candidate, home);
            }
        }
        String missing = "skopeo is not installed (Debian: apt-get install skopeo)";
        return "1".equals(System.getenv("CNAB4J_REAL")) ? fail(missing) : abort(missing);
    }

    /** Runs it and gives what it wrote; any exit code but 0 fails the test. */
    String run(String... arguments) throws IOException, InterruptedException {
        Result result = tryToRun(arguments);
        assertThat(result.exitCode())
                .as("skopeo %s: %s", String.join(" ", arguments), result.output())
                .isZero();
        return result.output();
    }

    Result tryToRun(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--insecure-policy"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_RUNTIME_DIR", home.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }
}
