/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on a free port of the loopback address, with its files in a directory of the test's. */
public final class DockerRegistry implements AutoCloseable {
    private static final int START_ATTEMPTS = 200;

    private final Process process;
    private final int port;

    private DockerRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a registry and waits until it answers. */
    public static DockerRegistry start(Path directory) throws IOException, InterruptedException {
        RealProgram program = RealProgram.require("docker-registry");
        int port = freePort();
        Files.createDirectories(directory.resolve("data"));
        Path configuration = directory.resolve("config.yml");
        Files.writeString(configuration, """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(directory.resolve("data"), port));
        Process process = new ProcessBuilder(program.command("serve", configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(process, port);
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            if (registry.accepts()) {
                return registry;
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        registry.close();
        throw new IOException("docker-registry did not start: " + Files.readString(directory.resolve("log.txt")));
    }

    /** {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
