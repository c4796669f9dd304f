/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.real;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.certificates.Passwords;
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

    /** Starts a registry in plain http, open to everyone, and waits until it answers. */
    public static DockerRegistry start(Path directory) throws IOException, InterruptedException {
        return start(directory, "", "");
    }

    /** Starts a registry over TLS that wants a user's password, as users run one, and waits until it answers. */
    public static DockerRegistry startSecured(Path directory, Issued server, String user, String password)
            throws IOException, InterruptedException {
        return startSecured(directory, server, "", user, password);
    }

    /** {@link #startSecured(Path, Issued, String, String)} that wants a certificate of its client too. */
    public static DockerRegistry startSecured(
            Path directory, Issued server, Authority clients, String user, String password)
            throws IOException, InterruptedException {
        Path authorities = Files.writeString(directory.resolve("clients.pem"), clients.pem());
        return startSecured(directory, server, ", clientcas: [\"" + authorities + "\"]", user, password);
    }

    private static DockerRegistry startSecured(
            Path directory, Issued server, String clients, String user, String password)
            throws IOException, InterruptedException {
        Path certificate = Files.writeString(directory.resolve("server.pem"), server.pem());
        Path key = Files.writeString(directory.resolve("server-key.pem"), server.keyPem());
        Path users = Files.writeString(directory.resolve("htpasswd"), user + ":" + Passwords.bcrypt(password) + "\n");
        return start(
                directory,
                ", tls: {certificate: \"%s\", key: \"%s\"%s}".formatted(certificate, key, clients),
                "auth: {htpasswd: {realm: test, path: \"%s\"}}".formatted(users));
    }

    private static DockerRegistry start(Path directory, String tls, String auth)
            throws IOException, InterruptedException {
        RealProgram program = RealProgram.require("docker-registry");
        int port = freePort();
        Files.createDirectories(directory.resolve("data"));
        Path configuration = directory.resolve("config.yml");
        Files.writeString(configuration, """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"%s}
                %s
                """.formatted(directory.resolve("data"), port, tls, auth));
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

    /** The port alone, for other names of this machine. */
    public int port() {
        return port;
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
