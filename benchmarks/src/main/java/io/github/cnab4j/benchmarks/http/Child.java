/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server in a JVM of its own. */
final class Child implements AutoCloseable {
    private final Process process;
    private final int port;

    private Child(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Child start(Contestant contestant, Duration idle) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dsun.net.httpserver.nodelay=true",
                "-Dsun.net.httpserver.maxIdleConnections=4096",
                "-cp",
                System.getProperty("java.class.path"),
                Contestant.class.getName(),
                contestant.name(),
                Long.toString(idle.toSeconds()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String port = out.readLine();
        if (port == null) {
            throw new IOException(contestant + " did not start");
        }
        return new Child(process, Integer.parseInt(port));
    }

    int port() {
        return port;
    }

    /** CPU time since its start. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** A number of {@code /proc/PID/status}, such as {@code Threads} or {@code VmRSS} (kB). */
    long status(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no " + field);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
