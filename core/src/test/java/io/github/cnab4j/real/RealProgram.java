/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine. Where it is missing the test is skipped, or fails if {@code CNAB4J_REAL} is 1. */
public final class RealProgram {
    private final String path;

    private RealProgram(String path) {
        this.path = path;
    }

    /** Finds the program on the search path. */
    public static RealProgram require(String name) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            Path candidate = Path.of(directory, name);
            if (Files.isExecutable(candidate)) {
                return new RealProgram(candidate.toString());
            }
        }
        String missing = name + " is not installed (Debian: apt-get install " + name + ")";
        if ("1".equals(System.getenv("CNAB4J_REAL"))) {
            return fail(missing);
        }
        return abort(missing);
    }

    /** The command line that runs the program with these arguments. */
    public List<String> command(String... arguments) {
        return Stream.concat(Stream.of(path), Stream.of(arguments)).toList();
    }

    /** Runs the program to its end and gives what it wrote to standard output; any exit code but 0 fails the test. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("stderr", ".txt");
        try {
            Process process = new ProcessBuilder(command(arguments))
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", command(arguments), Files.readString(errors))
                    .isZero();
            return output;
        } finally {
            Files.delete(errors);
        }
    }
}
