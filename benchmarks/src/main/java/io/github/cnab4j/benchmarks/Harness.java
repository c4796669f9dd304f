/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.contestant.Field;
import io.github.cnab4j.benchmarks.measure.Program;
import io.github.cnab4j.benchmarks.registry.RegistryHttp;
import io.github.cnab4j.benchmarks.registry.RegistryServer;
import io.github.cnab4j.benchmarks.relay.Link;
import io.github.cnab4j.benchmarks.relay.RelayProcess;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Run;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.workload.ImageMaker;
import io.github.cnab4j.benchmarks.workload.Workload;
import io.github.cnab4j.benchmarks.workload.WorkloadContent;
import io.github.cnab4j.benchmarks.workload.WorkloadStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Measures cells: contestants take turns within each repetition, and who comes first changes with every one. */
final class Harness {
    /** Of so many requests one fails, where some do. */
    private static final int ONE_IN = 100;

    private final WorkloadStore store;
    private final RelayProcess relay;
    private final Field field;
    private final Program program;
    private final Options options;
    private final Path scratch;
    private final Consumer<String> progress;
    private final Map<Workload, WorkloadContent> contents = new LinkedHashMap<>();

    Harness(
            RelayProcess relay,
            Field field,
            Program program,
            Options options,
            Path scratch,
            Consumer<String> progress) {
        this.store = new WorkloadStore(options.data());
        this.relay = relay;
        this.field = field;
        this.program = program;
        this.options = options;
        this.scratch = scratch;
        this.progress = progress;
    }

    /** What the workloads that were used consist of. */
    Map<Workload, WorkloadContent> contents() {
        return contents;
    }

    /** All runs of a cell. */
    List<Run> measure(Cell cell) throws IOException, InterruptedException {
        WorkloadContent content = content(cell.workload());
        Path directory = store.registry(cell.workload());
        List<Contestant> contestants = contestants(cell);
        List<Run> runs = new ArrayList<>();
        try (RegistryServer source = RegistryServer.onDisk(directory, scratch)) {
            Link link = new Link(cell.latencyMillis(), options.handshake());
            boolean faults = cell.scenario() == Scenario.FAULTS;
            Site site = cell.latencyMillis() == 0 && !faults
                    ? Site.direct(source)
                    : Site.relayed(source, relay, faults ? link.failing(ONE_IN) : link);
            try (Course course = new Course(cell, content, source, directory, site, program, scratch)) {
                course.prepare(pusher(), options.command());
                warmUp(cell, course);
                runs.addAll(repeat(cell, course, contestants));
            }
            if (cell.latencyMillis() == 0 && !faults && cell.scenario().counts()) {
                Site counting = Site.relayed(source, relay, new Link(0, false));
                try (Course course = new Course(cell, content, source, directory, counting, program, scratch)) {
                    course.prepare(pusher(), options.command());
                    for (Contestant contestant : contestants) {
                        runs.add(note(course.run(contestant, 0)));
                    }
                }
            }
        }
        return runs;
    }

    private List<Run> repeat(Cell cell, Course course, List<Contestant> contestants)
            throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        Set<String> out = new HashSet<>();
        for (int repetition = 1; repetition <= options.runs(); repetition++) {
            List<Contestant> order = new ArrayList<>(contestants);
            Collections.rotate(order, 1 - repetition);
            progress.accept(cell + ": repetition " + repetition + " of " + options.runs());
            for (Contestant contestant : order) {
                if (out.contains(contestant.name())) {
                    continue;
                }
                Run run = note(course.run(contestant, repetition));
                runs.add(run);
                // Who fails once would fail again, and who was stopped would take as long.
                run.failure().ifPresent(reason -> out.add(contestant.name()));
            }
        }
        return runs;
    }

    private Run note(Run run) {
        progress.accept("  %-12s %s"
                .formatted(
                        run.contestant(),
                        run.failure()
                                .orElseGet(() -> "%.2f s, CPU %.2f s, %d MiB, %d requests%s"
                                        .formatted(
                                                run.cost().wallSeconds(),
                                                run.cost().cpuSeconds(),
                                                run.cost().peakKib() / 1024,
                                                run.requests().total(),
                                                run.repetition() == 0 ? " (only these count)" : ""))));
        return run;
    }

    /** A run that does not count: the relay compiles its code, the system reads the source's files. */
    private void warmUp(Cell cell, Course course) throws IOException, InterruptedException {
        Optional<Contestant> floor = named(Contestant.FLOOR);
        if (cell.scenario() == Scenario.COLD && floor.isPresent()) {
            course.run(floor.get(), 0);
        }
    }

    private List<Contestant> contestants(Cell cell) {
        if (cell.scenario() == Scenario.MEMORY) {
            Contestant push = pusher();
            String heap = cell.workload().equals(Workload.W1000) ? "128m" : "64m";
            return List.of(new Contestant(push.name(), push.kind(), push.command(), Course.heap(heap), push.version()));
        }
        if (cell.scenario().usesLayout()) {
            return (cell.scenario() == Scenario.ARCHIVE ? field.archivers() : field.verifiers())
                    .stream()
                            .filter(contestant -> options.wants(contestant.name()))
                            .toList();
        }
        return field.contestants().stream()
                .filter(contestant -> options.wants(contestant.name()))
                .filter(contestant -> cell.scenario() == Scenario.COLD || contestant.kind() != Contestant.Kind.FLOOR)
                .toList();
    }

    private Contestant pusher() {
        return named(Contestant.PUSH).orElseThrow();
    }

    private Optional<Contestant> named(String name) {
        return field.contestants().stream()
                .filter(contestant -> contestant.name().equals(name))
                .findFirst();
    }

    private WorkloadContent content(Workload workload) throws IOException, InterruptedException {
        WorkloadContent known = contents.get(workload);
        if (known != null) {
            return known;
        }
        Optional<WorkloadContent> stored = store.find(workload);
        WorkloadContent content = stored.isPresent() ? stored.get() : make(workload);
        contents.put(workload, content);
        return content;
    }

    private WorkloadContent make(Workload workload) throws IOException, InterruptedException {
        progress.accept("making " + workload.label() + " in " + options.data());
        try (RegistryServer registry = RegistryServer.onDisk(store.registry(workload), scratch)) {
            WorkloadContent content = new ImageMaker(workload, new RegistryHttp(registry.host())).make();
            store.save(workload, content);
            return content;
        }
    }
}
