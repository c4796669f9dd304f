/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code conformance}, as {@code go install github.com/opencontainers/distribution-spec/conformance@VERSION} makes it.
 * Immutable and thread-safe.
 */
public final class ConformanceSuite {
    /** The version that this package's reading of its output is made for. */
    public static final String VERSION = "v0.0.0-20260831232431-97274622c111";

    private static final String NAME = "conformance";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path program;

    private ConformanceSuite(Path program) {
        this.program = program;
    }

    /** The suite at this path. */
    public static ConformanceSuite at(Path program) {
        return new ConformanceSuite(program);
    }

    /** The suite that is on the search path. */
    public static Optional<ConformanceSuite> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String directory : path.split(File.pathSeparator)) {
            Path candidate = Path.of(directory, NAME);
            if (Files.isExecutable(candidate)) {
                return Optional.of(at(candidate));
            }
        }
        return Optional.empty();
    }

    /**
     * Runs everything against a registry that speaks plain http. Two repositories, {@code conformance/one} and
     * {@code conformance/two}, are written to.
     *
     * @param host name or address, and port
     * @param settings of the suite, by the names of its environment variables, such as {@code OCI_VERSION}; they go before ours
     * @param results a directory for what the suite writes: {@code results.yaml}, {@code report.html} with every exchange,
     *     {@code junit.xml}
     * @throws IOException when the suite cannot be started, or does not end within ten minutes
     */
    public ConformanceReport run(String host, Map<String, String> settings, Path results) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of(
                "OCI_REGISTRY", host,
                "OCI_TLS", "disabled",
                "OCI_REPO1", "conformance/one",
                "OCI_REPO2", "conformance/two",
                "OCI_RESULTS_DIR", results.toString()));
        all.putAll(settings);
        Path output = results.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(program.toString())
                .directory(results.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OCI_"));
        builder.environment().putAll(all);
        Process process = builder.start();
        process.getOutputStream().close();
        return ConformanceReport.parse(exitCode(process), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static int exitCode(Process process) throws IOException {
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the conformance suite did not end within " + LONGEST.toMinutes() + " minutes");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the conformance suite ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
