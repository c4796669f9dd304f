/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A docker-registry process (CNCF distribution) on a loopback port of its own. */
public final class RegistryServer implements AutoCloseable {
    /** The program. */
    public static final String PROGRAM = "docker-registry";

    private static final int ATTEMPTS = 5;
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Process process;
    private final int port;

    private RegistryServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A registry that keeps its content in memory, empty. */
    public static RegistryServer inMemory(Path scratch) throws IOException {
        return start("inmemory: {}", scratch);
    }

    /**
     * A registry that keeps its content in a directory.
     *
     * @param directory its root; what is there already is served
     * @param scratch where its configuration and log go
     */
    public static RegistryServer onDisk(Path directory, Path scratch) throws IOException {
        Files.createDirectories(directory);
        return start("filesystem: {rootdirectory: \"" + directory.toAbsolutePath() + "\", maxthreads: 1000}", scratch);
    }

    private static RegistryServer start(String storage, Path scratch) throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Between choosing a port and listening on it somebody else may take it.
            int port = Ports.free();
            Path configuration = scratch.resolve("registry-" + port + ".yml");
            Path log = scratch.resolve("registry-" + port + ".log");
            Files.writeString(configuration, """
                    version: 0.1
                    log: {level: error, accesslog: {disabled: true}}
                    storage: {%s, delete: {enabled: true}}
                    http: {addr: "127.0.0.1:%d"}
                    """.formatted(storage, port));
            Process process = new ProcessBuilder(List.of(PROGRAM, "serve", configuration.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (answers(process, port)) {
                return new RegistryServer(process, port);
            }
            process.destroyForcibly().onExit().join();
            if (attempt == ATTEMPTS) {
                throw new IOException(PROGRAM + " does not start: " + Files.readString(log));
            }
        }
    }

    private static boolean answers(Process process, int port) {
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < START_NANOS) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return false;
    }

    /** Its port on loopback. */
    public int port() {
        return port;
    }

    /** Its host and port. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
