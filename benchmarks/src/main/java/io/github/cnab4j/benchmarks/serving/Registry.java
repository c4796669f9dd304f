/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.serving;

import io.github.cnab4j.benchmarks.registry.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A registry process on a loopback port of its own, which keeps its content in a directory. */
final class Registry implements AutoCloseable {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Process process;
    private final int port;

    private Registry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param program {@code cnab-to-oci}, or a {@code registry} of CNCF distribution under any name
     * @param directory for its content, log and configuration; exists
     */
    static Registry start(Path program, Path directory) throws IOException {
        int port = Ports.free();
        String address = "127.0.0.1:" + port;
        Path content = Files.createDirectory(directory.resolve("content"));
        Path log = directory.resolve("log");
        List<String> command;
        if (program.getFileName().toString().startsWith("cnab-to-oci")) {
            command = List.of(program.toString(), "serve", content.toString(), "--listen", address);
        } else {
            Path configuration = directory.resolve("configuration.yml");
            Files.writeString(configuration, """
                    version: 0.1
                    log: {level: error, accesslog: {disabled: true}}
                    storage: {filesystem: {rootdirectory: "%s", maxthreads: 1000}, delete: {enabled: true}}
                    http: {addr: "%s"}
                    """.formatted(content, address));
            command = List.of(program.toString(), "serve", configuration.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        Process process = builder.start();
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < START_NANOS) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return new Registry(process, port);
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        process.destroyForcibly().onExit().join();
        throw new IOException(program + " does not start: " + Files.readString(log));
    }

    int port() {
        return port;
    }

    /** The most memory it has had, in MB, with that of the processes it has started. */
    double peakMegabytes() throws IOException {
        long kib = peakKib(process.pid());
        for (ProcessHandle child : process.descendants().toList()) {
            kib += peakKib(child.pid());
        }
        return kib / 1e3;
    }

    private static long peakKib(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
