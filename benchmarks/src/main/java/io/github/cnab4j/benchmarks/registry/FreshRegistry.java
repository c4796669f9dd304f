/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An empty registry that leaves nothing behind. Each run gets its own: a registry in memory slows as it fills. */
public final class FreshRegistry implements AutoCloseable {
    private static final Path RAM_DISK = Path.of("/dev/shm");

    private final RegistryServer server;
    private final Optional<Path> directory;

    private FreshRegistry(RegistryServer server, Optional<Path> directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * Starts one.
     *
     * @param scratch a directory for its log, and for its content if that is on disk
     */
    public static FreshRegistry start(Storage storage, Path scratch) throws IOException {
        if (storage == Storage.MEMORY) {
            return new FreshRegistry(RegistryServer.inMemory(scratch), Optional.empty());
        }
        Path parent = storage == Storage.SHM ? onRamDisk(scratch) : scratch;
        Files.createDirectories(parent);
        Path directory = Files.createTempDirectory(parent, "target");
        return new FreshRegistry(RegistryServer.onDisk(directory, scratch), Optional.of(directory));
    }

    /** Where the content of registries on a RAM disk is that have this scratch directory. */
    public static Path onRamDisk(Path scratch) {
        return RAM_DISK.resolve("cnab4j-" + scratch.getFileName());
    }

    /** The registry. */
    public RegistryServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (directory.isPresent()) {
            Directories.delete(directory.get());
        }
    }
}
