/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import io.github.cnab4j.benchmarks.contestant.Assignment;
import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.measure.Finished;
import io.github.cnab4j.benchmarks.measure.Program;
import io.github.cnab4j.benchmarks.registry.Completeness;
import io.github.cnab4j.benchmarks.registry.Directories;
import io.github.cnab4j.benchmarks.registry.FreshRegistry;
import io.github.cnab4j.benchmarks.registry.RegistryHttp;
import io.github.cnab4j.benchmarks.registry.RegistryServer;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Run;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.workload.WorkloadContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One cell at one site: prepares it, and runs contestants over it, each against a target as the scenario wants it. */
final class Course implements AutoCloseable {
    private static final String BUNDLES = "bundle/";
    private static final String MOUNTS = "mounted/";

    private final Cell cell;
    private final WorkloadContent content;
    private final RegistryServer source;
    private final Path sourceDirectory;
    private final Site site;
    private final Program program;
    private final Path scratch;
    private final Path bundle;
    private final String repository;
    private Optional<FreshRegistry> filled = Optional.empty();

    Course(
            Cell cell,
            WorkloadContent content,
            RegistryServer source,
            Path sourceDirectory,
            Site site,
            Program program,
            Path scratch)
            throws IOException {
        this.cell = cell;
        this.content = content;
        this.source = source;
        this.sourceDirectory = sourceDirectory;
        this.site = site;
        this.program = program;
        this.scratch = scratch;
        this.repository = BUNDLES + cell.workload().label();
        this.bundle = Files.createTempFile(scratch, cell.workload().label() + "-", ".json");
        Files.writeString(bundle, content.bundle(cell.workload().label(), site.source()));
    }

    /**
     * Puts the bundle index into the source, for those who copy it; and into a target, if the scenario wants one that has
     * everything.
     *
     * @param pusher who pushes a bundle
     * @param command the packaged command
     */
    void prepare(Contestant pusher, Path command) throws IOException, InterruptedException {
        push(pusher, source);
        if (cell.scenario().usesLayout()) {
            Assignment work = archiving();
            Finished copied = program.run(
                    List.of(
                            command.toString(),
                            "copy",
                            work.source() + "/" + work.sourceRepository() + ":" + Assignment.TAG,
                            "oci:" + work.target()),
                    Map.of());
            if (copied.failure().isPresent()) {
                throw new IOException("the content of " + cell + " could not be put into a directory: "
                        + copied.failure().get());
            }
        }
        if (cell.scenario() == Scenario.AGAIN) {
            FreshRegistry target = FreshRegistry.start(cell.storage(), scratch);
            filled = Optional.of(target);
            push(pusher, target.server());
        }
    }

    private void push(Contestant pusher, RegistryServer registry) throws IOException, InterruptedException {
        Assignment work = assignment(site.target(registry), repository);
        Finished finished = program.run(pusher.command().apply(work), pusher.environment());
        if (finished.failure().isPresent()) {
            throw new IOException("the bundle of " + cell + " could not be pushed: "
                    + finished.failure().get());
        }
    }

    private Assignment archiving() {
        return new Assignment(
                bundle,
                site.source(),
                repository,
                scratch.resolve("content").toString(),
                scratch.resolve("archive").toString());
    }

    /** Bytes that are random do not shrink: a smaller file has not got everything. */
    private Run archive(Contestant contestant, int repetition) throws IOException, InterruptedException {
        Assignment work = archiving();
        Path file = Path.of(work.repository());
        Finished finished = program.run(contestant.command().apply(work), contestant.environment());
        Optional<String> failure = finished.failure();
        if (failure.isEmpty() && (!Files.exists(file) || Files.size(file) < content.bytes() * 0.99)) {
            failure = Optional.of("incomplete: the file is smaller than what it should hold");
        }
        Files.deleteIfExists(file);
        return new Run(cell, contestant.name(), repetition, failure, finished.cost(), site.requests());
    }

    private Run verify(Contestant contestant, int repetition) throws IOException, InterruptedException {
        Assignment work = archiving();
        Finished finished = program.run(contestant.command().apply(work), contestant.environment());
        Files.deleteIfExists(Path.of(work.repository()));
        return new Run(cell, contestant.name(), repetition, finished.failure(), finished.cost(), site.requests());
    }

    private Assignment assignment(String target, String targetRepository) {
        return new Assignment(bundle, site.source(), repository, target, targetRepository);
    }

    /** Runs a contestant once, and looks whether the target has everything then. */
    Run run(Contestant contestant, int repetition) throws IOException, InterruptedException {
        if (cell.scenario() == Scenario.ARCHIVE) {
            return archive(contestant, repetition);
        }
        if (cell.scenario() == Scenario.VERIFY) {
            return verify(contestant, repetition);
        }
        if (cell.scenario() == Scenario.AGAIN) {
            return run(contestant, repetition, filled.orElseThrow().server(), repository);
        }
        if (cell.scenario() == Scenario.MOUNT) {
            Path mounted =
                    sourceDirectory.resolve("docker/registry/v2/repositories").resolve(MOUNTS);
            Directories.delete(mounted);
            try {
                return run(
                        contestant, repetition, source, MOUNTS + cell.workload().label());
            } finally {
                Directories.delete(mounted);
            }
        }
        try (FreshRegistry target = FreshRegistry.start(cell.storage(), scratch)) {
            return run(contestant, repetition, target.server(), repository);
        }
    }

    private Run run(Contestant contestant, int repetition, RegistryServer target, String targetRepository)
            throws IOException, InterruptedException {
        Assignment work = assignment(site.target(target), targetRepository);
        Finished finished = program.run(contestant.command().apply(work), contestant.environment());
        Optional<String> failure = finished.failure();
        var requests = site.requests();
        if (failure.isEmpty()) {
            failure = missing(contestant, target, targetRepository);
        }
        return new Run(cell, contestant.name(), repetition, failure, finished.cost(), requests);
    }

    private Optional<String> missing(Contestant contestant, RegistryServer target, String targetRepository) {
        Completeness completeness = new Completeness(new RegistryHttp(target.host()), targetRepository, content);
        try {
            Optional<String> missing =
                    contestant.putsIndex() ? completeness.missingOfBundle(Assignment.TAG) : completeness.missingImage();
            return missing.map(what -> "incomplete: " + what);
        } catch (IOException refused) {
            return Optional.of("incomplete: " + refused.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (filled.isPresent()) {
            filled.get().close();
        }
        if (cell.scenario().usesLayout()) {
            Directories.delete(Path.of(archiving().target()));
        }
        Files.delete(bundle);
        site.close();
    }

    /** Options of the virtual machine of the packaged command. */
    static Map<String, String> heap(String size) {
        return Map.of("CNAB4J_JAVA_OPTS", "-Xmx" + size);
    }
}
