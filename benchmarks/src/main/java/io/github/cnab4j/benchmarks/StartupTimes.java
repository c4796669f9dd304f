/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import io.github.cnab4j.benchmarks.measure.Finished;
import io.github.cnab4j.benchmarks.measure.Program;
import io.github.cnab4j.benchmarks.registry.RegistryServer;
import io.github.cnab4j.benchmarks.result.Startup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Times how long the packaged command takes to start. */
final class StartupTimes {
    private static final int RUNS = 20;

    private final Path command;
    private final Path examples;
    private final Program program;
    private final Path scratch;

    StartupTimes(Path command, Path examples, Program program, Path scratch) {
        this.command = command;
        this.examples = examples;
        this.program = program;
        this.scratch = scratch;
    }

    /**
     * Runs the programs in turn.
     *
     * @param pulling whether a tiny bundle is pulled too
     */
    Startup measure(boolean pulling) throws IOException, InterruptedException {
        List<Double> nothing = new ArrayList<>();
        List<Double> version = new ArrayList<>();
        List<Double> pull = new ArrayList<>();
        try (RegistryServer registry = RegistryServer.inMemory(scratch)) {
            String reference = registry.host() + "/hello:1.0";
            if (pulling) {
                seconds(
                        command.toString(),
                        "push",
                        examples.resolve("bundle.json").toString(),
                        "--from",
                        "oci:" + examples.resolve("images"),
                        "--target",
                        reference);
            }
            for (int run = 0; run < RUNS; run++) {
                nothing.add(seconds("true"));
                version.add(seconds(command.toString(), "version"));
                if (pulling) {
                    pull.add(seconds(command.toString(), "pull", reference));
                }
            }
        }
        return new Startup(nothing, version, pull);
    }

    private double seconds(String... words) throws IOException, InterruptedException {
        Finished finished = program.run(List.of(words), Map.of());
        if (finished.failure().isPresent()) {
            throw new IOException(
                    String.join(" ", words) + ": " + finished.failure().get());
        }
        return finished.cost().wallSeconds();
    }
}
