/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.real.RealProgram;
import io.github.cnab4j.server.storage.Digest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code serve} as a site runs it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
class OperatedServeIT {
    private static final int IDLE = 10_000;
    /** Open files that this process needs besides those connections. */
    private static final int OTHERS = 500;

    private static final String IMAGES =
            "oci:" + Path.of("..", "examples", "images").toAbsolutePath().normalize();
    private static final String WEB = "@sha256:1ced5248cbf40922fa2d5fbd4f1c2d6dc34eef947c61c119c87148763be0fd32";

    @TempDir
    Path directory;

    private PackagedCommand command;
    private PackagedCommand.Run server;
    private URI url;

    @BeforeEach
    void prepare() throws IOException {
        command = new PackagedCommand(directory.resolve("work"), directory.resolve("logs"));
    }

    @AfterEach
    void end() {
        server.process().destroyForcibly();
    }

    private void serve(String... flags) throws Exception {
        server = command.start(Stream.concat(Stream.of("serve", "root", "--listen", "127.0.0.1:0"), Stream.of(flags))
                .toArray(String[]::new));
        long patience = System.nanoTime() + PackagedCommand.PATIENCE.toNanos();
        while (!server.out().endsWith("\n")) {
            assertThat(server.process().waitFor(20, TimeUnit.MILLISECONDS))
                    .as(server.err())
                    .isFalse();
            assertThat(System.nanoTime()).isLessThan(patience);
        }
        url = URI.create(server.out().trim());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        socket.setSoTimeout(Math.toIntExact(PackagedCommand.PATIENCE.toMillis()));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    @Test
    void withACertificateOfItsOwn_itSpeaksTls_andNothingElse() throws Exception {
        Authority authority = Authority.named("site");
        Issued issued = authority.issue("127.0.0.1");
        Path work = directory.resolve("work");
        Files.writeString(work.resolve("server.pem"), issued.pem());
        Files.writeString(work.resolve("server.key"), issued.keyPem());
        Files.writeString(work.resolve("ca.pem"), authority.pem());
        serve("--tls-cert", "server.pem", "--tls-key", "server.key");

        assertThat(url.getScheme()).isEqualTo("https");
        String there = url.getAuthority() + "/app:1";
        command.start("copy", IMAGES + WEB, there, "--ca-file", "ca.pem").succeeds();
        PackagedCommand.Run stranger = command.start("copy", there, "oci:out:1");
        assertThat(stranger.await()).isEqualTo(1);
        assertThat(stranger.err()).contains("not trusted");
        try (Socket plain = connect()) {
            send(plain, "GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(readAll(plain)).doesNotContain("HTTP/1.1");
        }
    }

    /** What comes until the end of the connection, however it ends. */
    private static String readAll(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                text.append((char) b);
            }
        } catch (SocketException reset) {
            return text.toString();
        }
        return text.toString();
    }

    @Test
    void stopped_itLetsARequestInFlightEnd_andTakesNoOther() throws Exception {
        serve("--drain-timeout", "60s");
        byte[] content = "half and half".getBytes(UTF_8);
        Digest digest = Digest.Algorithm.SHA256.of(content);
        try (Socket pushing = connect();
                Socket idle = connect()) {
            send(
                    pushing,
                    "POST /v2/app/blobs/uploads/?digest=" + digest + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                            + content.length + "\r\nExpect: 100-continue\r\n\r\n");
            byte[] goOn = pushing.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(goOn, UTF_8)).startsWith("HTTP/1.1 100");
            pushing.getOutputStream().write(content, 0, 5);
            server.signal("TERM");
            assertThat(readAll(idle)).isEmpty();
            assertThatThrownBy(() -> connect().close()).isInstanceOf(ConnectException.class);

            pushing.getOutputStream().write(content, 5, content.length - 5);
            assertThat(readAll(pushing)).startsWith("HTTP/1.1 201");
        }
        assertThat(server.await()).as(server.err()).isZero();
        assertThat(directory
                        .resolve("work/root/app/blobs")
                        .resolve(digest.toString().replace(':', '/')))
                .hasBinaryContent(content);
    }

    @Test
    void connectionsThatSayNothing_keepNobodyFromPushing() throws Exception {
        serve();
        RealProgram skopeo = RealProgram.require("skopeo");
        command.start("copy", IMAGES + WEB, "oci:in:it").succeeds();
        long most =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(IDLE, most - OTHERS); i++) {
                crowd.add(connect());
            }
            skopeo.run(
                    "copy",
                    "--all",
                    "--preserve-digests",
                    "--dest-tls-verify=false",
                    "oci:" + directory.resolve("work/in") + ":it",
                    "docker://" + url.getAuthority() + "/app:1");
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
        assertThat(directory.resolve("work/root/app/index.json")).content().contains(WEB.substring(1));
        server.signal("TERM");
        assertThat(server.await()).as(server.err()).isZero();
    }

    @Test
    void whatItLogs_isAsMuchAsItIsToldTo() throws Exception {
        serve("--log-level", "debug");
        try (Socket bad = connect()) {
            send(bad, "GET /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n");
            assertThat(readAll(bad)).startsWith("HTTP/1.1 400");
        }
        try (Socket broken = connect()) {
            send(broken, "GET /v2/ HTTP/1.1\r\nHo");
            broken.setSoLinger(true, 0);
        }
        server.signal("TERM");
        assertThat(server.await()).isZero();
        assertThat(server.err()).contains("DEBUG", "connection ended").doesNotContain("\tat ");
    }
}
