/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import io.github.cnab4j.benchmarks.contestant.Field;
import io.github.cnab4j.benchmarks.contestant.FieldFinder;
import io.github.cnab4j.benchmarks.measure.Program;
import io.github.cnab4j.benchmarks.registry.Directories;
import io.github.cnab4j.benchmarks.registry.FreshRegistry;
import io.github.cnab4j.benchmarks.registry.RegistryServer;
import io.github.cnab4j.benchmarks.relay.RelayProcess;
import io.github.cnab4j.benchmarks.report.Charts;
import io.github.cnab4j.benchmarks.report.Circumstances;
import io.github.cnab4j.benchmarks.report.JsonReport;
import io.github.cnab4j.benchmarks.report.TextReport;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Results;
import io.github.cnab4j.benchmarks.result.Run;
import io.github.cnab4j.benchmarks.result.Startup;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the harness. Progress goes to standard error, the report to standard output and into the results' directory. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        List<Cell> cells;
        try {
            options = Options.parse(arguments);
            cells = Plan.of(options);
        } catch (IllegalArgumentException wrong) {
            System.err.println("Error: " + wrong.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        Optional<String> missing = missing(options);
        if (missing.isPresent()) {
            System.err.println("Error: " + missing.get());
            System.exit(1);
        }
        run(options, cells);
    }

    private static Optional<String> missing(Options options) {
        if (!Files.isExecutable(Program.TIME)) {
            return Optional.of("GNU time is needed as " + Program.TIME);
        }
        if (!Files.isExecutable(options.command())) {
            return Optional.of("there is no " + options.command());
        }
        boolean registry = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, RegistryServer.PROGRAM)));
        return registry ? Optional.empty() : Optional.of(RegistryServer.PROGRAM + " is not installed");
    }

    private static void run(Options options, List<Cell> cells) throws IOException, InterruptedException {
        Files.createDirectories(options.data());
        prepare(options.out());
        Path scratch = Files.createTempDirectory(options.data(), "scratch");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveNothing(scratch)));
        try (RelayProcess relay = RelayProcess.start()) {
            Program program = new Program(scratch, options.timeout());
            Field field = new FieldFinder(options.command(), options.floor(), options.peers(), options.width(), program)
                    .find();
            field.absences().forEach((name, reason) -> System.err.println("left out: " + name + ", " + reason));
            System.err.println("start-up");
            Startup startup = new StartupTimes(options.command(), options.root().resolve("examples"), program, scratch)
                    .measure(Plan.startup(options));
            Harness harness = new Harness(relay, field, program, options, scratch, System.err::println);
            List<Run> runs = new ArrayList<>();
            Circumstances circumstances = Circumstances.here(field, settings(options));
            for (Cell cell : cells) {
                runs.addAll(harness.measure(cell));
                // After each cell, so that a run that is cut off leaves what it has.
                write(options.out(), circumstances, new Results(startup, runs, harness.contents()));
            }
            Results results = new Results(startup, runs, harness.contents());
            write(options.out(), circumstances, results);
            System.out.print(TextReport.of(circumstances, results));
            System.err.println("also in " + options.out());
        }
    }

    /** Also when the harness is interrupted: ends what it started, and deletes what that kept. */
    private static void leaveNothing(Path scratch) {
        ProcessHandle.current().descendants().forEach(child -> {
            child.destroyForcibly();
            child.onExit().join();
        });
        try {
            Directories.delete(scratch);
            Directories.delete(FreshRegistry.onRamDisk(scratch));
        } catch (IOException left) {
            System.err.println("left behind: " + left.getMessage());
        }
    }

    /** Charts of another run would be taken for this one's. */
    private static void prepare(Path out) throws IOException {
        Files.createDirectories(out);
        try (DirectoryStream<Path> charts = Files.newDirectoryStream(out, "*.svg")) {
            for (Path chart : charts) {
                Files.delete(chart);
            }
        }
    }

    private static Map<String, String> settings(Options options) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("repetitions", Integer.toString(options.runs()));
        settings.put("floor's width", Integer.toString(options.width()));
        settings.put("connections through the relay", options.handshake() ? "cost a round trip" : "cost nothing");
        return settings;
    }

    private static void write(Path out, Circumstances circumstances, Results results) throws IOException {
        Files.writeString(out.resolve("results.md"), TextReport.of(circumstances, results));
        Files.writeString(out.resolve("results.json"), JsonReport.of(circumstances, results));
        for (Map.Entry<String, String> chart :
                Charts.of(circumstances.field(), results).entrySet()) {
            Files.writeString(out.resolve(chart.getKey()), chart.getValue());
        }
    }
}
