/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import io.github.cnab4j.benchmarks.registry.Storage;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The command line of the harness. */
final class Options {
    static final String USAGE = """
            usage: benchmarks/run [options]
              --all                 everything that has a target, see benchmarks/README.md; the next four are left aside
              --workloads LIST      of w1, w2, w3, w7, w1000, big (default w1,w3,w7; for the scenario memory big,w1000, for archive w2)
              --scenarios LIST      of cold, faults, again, mount, memory, archive, verify, startup (default cold,again,mount,startup)
              --latency LIST        round trips to the registries in ms; 0: no relay between (default 50)
              --targets LIST        where the target registry keeps its content: shm, memory, disk (default shm)
              --contestants LIST    only these, by the start of their names
              --runs N              repetitions (default 3)
              --width N             the floor's requests at a time (default 32)
              --timeout SECONDS     for each run (default 300)
              --no-handshake        opening a connection through the relay costs no round trip
              --peers DIR           where crane, oras, regctl and skopeo are, beside the search path
              --cli FILE            another cnab-to-oci than the packaged one
              --data DIR            where workloads are kept (default benchmarks/target/data)
              --out DIR             where results go (default benchmarks/target/results)
            """;

    private static final Set<String> FLAGS = Set.of("--all", "--no-handshake");
    private static final Set<String> WITH_VALUE = Set.of(
            "--workloads",
            "--scenarios",
            "--latency",
            "--targets",
            "--contestants",
            "--runs",
            "--width",
            "--timeout",
            "--peers",
            "--cli",
            "--data",
            "--out",
            "--root");

    private final Map<String, String> values = new LinkedHashMap<>();

    private Options() {}

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it is wrong
     */
    static Options parse(String... arguments) {
        Options options = new Options();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            if (FLAGS.contains(name)) {
                options.values.put(name, "");
            } else if (WITH_VALUE.contains(name) && rest.hasNext()) {
                options.values.put(name, rest.next());
            } else {
                throw new IllegalArgumentException(
                        WITH_VALUE.contains(name) ? name + " needs a value" : "there is no option " + name);
            }
        }
        options.check();
        return options;
    }

    /** Reads everything once, so that a mistake is told before anything is run. */
    private void check() {
        workloads();
        scenarios();
        latencies();
        targets();
        runs();
        width();
        timeout();
    }

    boolean all() {
        return values.containsKey("--all");
    }

    boolean handshake() {
        return !values.containsKey("--no-handshake");
    }

    /** The workloads that were asked for, if any were. */
    Optional<List<Workload>> workloads() {
        return Optional.ofNullable(values.get("--workloads")).map(text -> list(text, Workload::named));
    }

    List<Scenario> scenarios() {
        return list(values.getOrDefault("--scenarios", "cold,again,mount,startup"), Scenario::named);
    }

    List<Integer> latencies() {
        return list(values.getOrDefault("--latency", "50"), text -> number("--latency", text, 0));
    }

    List<Storage> targets() {
        return list(values.getOrDefault("--targets", "shm"), Storage::named);
    }

    /** Whether a contestant takes part as far as the command line says. */
    boolean wants(String contestant) {
        String wanted = values.get("--contestants");
        return wanted == null || list(wanted, name -> name).stream().anyMatch(contestant::startsWith);
    }

    int runs() {
        return number("--runs", values.getOrDefault("--runs", "3"), 1);
    }

    int width() {
        return number("--width", values.getOrDefault("--width", "32"), 1);
    }

    Duration timeout() {
        return Duration.ofSeconds(number("--timeout", values.getOrDefault("--timeout", "300"), 1));
    }

    Optional<Path> peers() {
        return Optional.ofNullable(values.get("--peers")).map(Options::path);
    }

    /** The project's directory. */
    Path root() {
        return path(values.getOrDefault("--root", "."));
    }

    Path command() {
        return within("--cli", "cli/target/cnab-to-oci/bin/cnab-to-oci");
    }

    Path floor() {
        return root().resolve("benchmarks/target/floor");
    }

    Path data() {
        return within("--data", "benchmarks/target/data");
    }

    Path out() {
        return within("--out", "benchmarks/target/results");
    }

    private Path within(String option, String usual) {
        String value = values.get(option);
        return value == null ? root().resolve(usual) : path(value);
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static <T> List<T> list(String text, Function<String, T> element) {
        return Arrays.stream(text.split(",")).map(String::strip).map(element).toList();
    }

    private static int number(String option, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " takes a number from " + least + ", not " + text);
    }
}
