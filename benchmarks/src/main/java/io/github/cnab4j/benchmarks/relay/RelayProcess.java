/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A relay in a JVM of its own, so that what it costs is nobody else's. Used by one thread. */
public final class RelayProcess implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private RelayProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Starts a relay that has no port yet. */
    public static RelayProcess start() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=1g",
                "-cp",
                System.getProperty("java.class.path"),
                RelayMain.class.getName());
        return new RelayProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Opens a port on loopback to a server's port. */
    public Port listen(int targetPort, Link link) throws IOException {
        String answer = ask(
                "listen " + targetPort + " " + link.roundTripMillis() + " " + link.handshake() + " " + link.failing());
        return new Port(Integer.parseInt(answer));
    }

    /** CPU time that the relay has taken so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the relay has ended");
        }
        return answer;
    }

    /** A port of the relay. */
    public final class Port implements AutoCloseable {
        private final int number;

        private Port(int number) {
            this.number = number;
        }

        /** Its host and port. */
        public String host() {
            return "127.0.0.1:" + number;
        }

        /** Sends new connections to another server from then on, and begins to count afresh. */
        public void point(int targetPort) throws IOException {
            ask("point " + number + " " + targetPort);
        }

        /** How many requests passed since {@link #point}, by method and kind such as {@code GET blob}; and connections. */
        public SortedMap<String, Long> counts() throws IOException {
            SortedMap<String, Long> counts = new TreeMap<>();
            for (String entry : ask("counts " + number).split(";")) {
                int equals = entry.indexOf('=');
                if (equals > 0) {
                    counts.put(entry.substring(0, equals), Long.parseLong(entry.substring(equals + 1)));
                }
            }
            return counts;
        }

        @Override
        public void close() throws IOException {
            ask("shut " + number);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
