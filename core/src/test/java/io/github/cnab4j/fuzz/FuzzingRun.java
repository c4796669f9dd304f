/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each entry point under Jazzer, in a process of its own with a small heap, for {@code cnab4j.fuzz.seconds}. The name keeps it out of the
 * ordinary run; with the profile {@code fuzz} it is asked for by name. What does harm is left in {@code target/fuzz}: it belongs into the
 * seeds, with what mends it.
 */
class FuzzingRun {
    private static final int SECONDS = Integer.getInteger("cnab4j.fuzz.seconds", 3);
    private static final String ONLY = System.getProperty("cnab4j.fuzz.target", "");

    static Stream<FuzzTarget> targets() {
        return FuzzTarget.all().stream()
                .filter(target -> ONLY.isEmpty() || target.name().equals(ONLY));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void findsNothing(FuzzTarget target) throws Exception {
        Path work =
                Files.createDirectories(Path.of("target", "fuzz", target.name()).toAbsolutePath());
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        Path output = work.resolve("output.txt");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xss512k",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type(),
                "--instrumentation_includes=io.github.cnab4j.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_total_time=" + SECONDS,
                "-max_len=" + (1 << 16),
                "-timeout=60",
                "-rss_limit_mb=1500",
                corpus.toString(),
                target.seeds().toString()));
        Process process = new ProcessBuilder(line)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS + 240L, TimeUnit.SECONDS);
        process.destroyForcibly();

        String said = Files.readString(output);
        String end = said.substring(Math.max(0, said.length() - 6000));
        assertThat(ended).as(end).isTrue();
        assertThat(process.exitValue()).as(end).isZero();
        assertThat(said).as("runs under Jazzer").containsPattern("Done \\d+ runs|DONE");
    }
}
