/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import io.github.cnab4j.benchmarks.contestant.Field;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What figures depend on beside the code.
 *
 * @param facts name and value, in order
 * @param field who took part
 */
public record Circumstances(Map<String, String> facts, Field field) {
    /** Those of this machine at this time. */
    public static Circumstances here(Field field, Map<String, String> settings) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        facts.put(
                "machine",
                "%d cores, %s, %s of memory"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                value(Path.of("/proc/cpuinfo"), "model name"),
                                value(Path.of("/proc/meminfo"), "MemTotal")));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("load when it began", load());
        facts.putAll(settings);
        field.contestants().stream()
                .filter(contestant -> !contestant.version().isEmpty())
                .forEach(contestant -> facts.put(contestant.name(), contestant.version()));
        return new Circumstances(facts, field);
    }

    /** Mean number of programs that wanted a core in the last minute: with more than none, times are those of a shared machine. */
    private static String load() {
        return "%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String value(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
