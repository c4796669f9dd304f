/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's dockerd, or Podman's service, with a socket and all its files in a directory of the test's. */
public final class RealEngine implements AutoCloseable {
    private static final int START_ATTEMPTS = 600;

    private final Process process;
    private final Path socket;
    private final String host;

    private RealEngine(Process process, Path socket, String host) {
        this.process = process;
        this.socket = socket;
        this.host = host;
    }

    /** Starts dockerd, which needs neither containers nor networks of its own for this. */
    public static RealEngine docker(Path directory) throws IOException, InterruptedException {
        Path socket = directory.resolve("docker.sock");
        return start(directory, socket, "unix://" + socket, dockerd(directory, socket));
    }

    /**
     * Starts dockerd at a port of the loopback address, over TLS, for clients whom an authority knows.
     *
     * @param server what it shows, for {@code 127.0.0.1}
     */
    public static RealEngine dockerOverTls(Path directory, Authority clients, Issued server)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path socket = directory.resolve("docker.sock");
        String host;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            host = "tcp://127.0.0.1:" + free.getLocalPort();
        }
        List<String> command = dockerd(
                directory,
                socket,
                "--host=" + host,
                "--tlsverify",
                "--tlscacert=" + Files.writeString(directory.resolve("clients.pem"), clients.pem()),
                "--tlscert=" + Files.writeString(directory.resolve("server.pem"), server.pem()),
                "--tlskey=" + Files.writeString(directory.resolve("server-key.pem"), server.keyPem()));
        return start(directory, socket, host, command);
    }

    private static List<String> dockerd(Path directory, Path socket, String... more) {
        String[] usual = {
            "--storage-driver=vfs",
            "--iptables=false",
            "--bridge=none",
            "--data-root=" + directory.resolve("data"),
            "--exec-root=" + directory.resolve("exec"),
            "--pidfile=" + directory.resolve("pid"),
            "--host=unix://" + socket
        };
        return RealProgram.require("dockerd")
                .command(
                        Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray(String[]::new));
    }

    /** Starts Podman's service, which speaks the same API. */
    public static RealEngine podman(Path directory) throws IOException, InterruptedException {
        Path socket = directory.resolve("podman.sock");
        return start(
                directory,
                socket,
                "unix://" + socket,
                RealProgram.require("podman")
                        .command(
                                "--root=" + directory.resolve("data"),
                                "--runroot=" + directory.resolve("exec"),
                                "--storage-driver=vfs",
                                "system",
                                "service",
                                "--time=0",
                                "unix://" + socket));
    }

    private static RealEngine start(Path directory, Path socket, String host, List<String> command)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RealEngine engine = new RealEngine(process, socket, host);
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            if (engine.answers()) {
                return engine;
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        engine.close();
        throw new IOException(command.get(0) + " did not start: " + Files.readString(log));
    }

    /** As {@code DOCKER_HOST} has it. */
    public String host() {
        return host;
    }

    /** Loads an archive of images. */
    public void load(byte[] archive) throws IOException {
        assertThat(exchange("POST /images/load?quiet=1", archive))
                .startsWith("HTTP/1.1 200")
                .contains("Loaded image");
    }

    private boolean answers() {
        try {
            return exchange("GET /_ping", new byte[0]).startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** By hand, so that what is tested does not test itself. */
    private String exchange(String request, byte[] body) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String head = request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-tar\r\n"
                    + "Content-Length: " + body.length + "\r\n\r\n";
            write(channel, head.getBytes(ISO_8859_1));
            write(channel, body);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (channel.read(buffer) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return answer.toString(ISO_8859_1);
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Waits for its end: the files of a running engine cannot be removed. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(stubborn -> process.destroyForcibly())
                .join();
    }
}
