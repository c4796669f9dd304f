/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Workloads on disk: for each a registry's directory, and a file that says what is in it once it is complete. */
public final class WorkloadStore {
    private final Path directory;

    /** Workloads below a directory, which need not exist. */
    public WorkloadStore(Path directory) {
        this.directory = directory;
    }

    /** Where the registry that has a workload keeps its files. */
    public Path registry(Workload workload) {
        return directory.resolve(workload.label()).resolve("registry");
    }

    /** What the workload consists of, if it was made before. */
    public Optional<WorkloadContent> find(Workload workload) throws IOException {
        Path file = content(workload);
        return Files.exists(file) ? Optional.of(WorkloadContent.read(Files.readAllBytes(file))) : Optional.empty();
    }

    /** Notes that a workload is complete. */
    public void save(Workload workload, WorkloadContent content) throws IOException {
        Path file = content(workload);
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("content.json.new");
        Files.writeString(fresh, content.write());
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path content(Workload workload) {
        return directory.resolve(workload.label()).resolve("content.json");
    }
}
