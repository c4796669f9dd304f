/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        relay = new Relay();
        threads.submit(relay);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
        threads.shutdownNow();
    }

    private Socket connect(Link link) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), relay.listen(server.getLocalPort(), link));
    }

    /** A server that sends back what it is sent, until it is sent an end. */
    private Future<?> echo() {
        return threads.submit(() -> {
            try (Socket socket = server.accept()) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            }
            return null;
        });
    }

    private static double millisOfAnAnswer(Socket socket) throws IOException {
        long start = System.nanoTime();
        socket.getOutputStream().write(PING);
        assertThat(socket.getInputStream().readNBytes(PING.length)).isEqualTo(PING);
        return (System.nanoTime() - start) / 1e6;
    }

    @Test
    void anAnswerTakesARoundTripAndTheFirstOneTwoWithAHandshake() throws Exception {
        echo();
        try (Socket socket = connect(new Link(60, true))) {
            double first = millisOfAnAnswer(socket);
            double second = millisOfAnAnswer(socket);

            // Half a millisecond too early at each end is what the relay allows itself.
            assertThat(first).isGreaterThan(115);
            assertThat(second).isGreaterThan(58);
        }
    }

    @Test
    void withoutHandshakeTheFirstAnswerTakesOneRoundTrip() throws Exception {
        echo();
        try (Socket socket = connect(new Link(1000, false))) {
            assertThat(millisOfAnAnswer(socket)).isBetween(998.0, 1990.0);
        }
    }

    @Test
    void delayCostsNoThroughput() throws Exception {
        byte[] content = new byte[64 * 1024 * 1024];
        new Random(1).nextBytes(content);
        Future<?> sent = threads.submit(() -> {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(content);
            }
            return null;
        });
        long start = System.nanoTime();
        try (Socket socket = connect(new Link(100, false));
                InputStream in = socket.getInputStream()) {
            byte[] received = in.readAllBytes();

            // Waiting 50 ms for every piece of 64 KiB would take 51 s.
            assertThat((System.nanoTime() - start) / 1e9).isLessThan(15);
            assertThat(Arrays.equals(received, content)).isTrue();
        }
        sent.get();
    }

    @Test
    void anEndGoesThroughWhileTheOtherDirectionStaysOpen() throws Exception {
        echo();
        try (Socket socket = connect(new Link(0, false))) {
            socket.getOutputStream().write(PING);
            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(PING);
        }
    }

    @Test
    void aServerThatIsNotThereEndsTheConnection() throws Exception {
        int port = server.getLocalPort();
        server.close();
        int gate = relay.listen(port, new Link(0, false));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate)) {
            assertThat(readOrEnd(socket)).isEqualTo(-1);
        }
    }

    private static int readOrEnd(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException reset) {
            return -1;
        }
    }

    @Test
    void oneRequestInSoManyGetsNoAnswerOrThatOfAProxy() throws Exception {
        int gate = relay.listen(server.getLocalPort(), new Link(10, false).failing(2));
        List<String> answers = new ArrayList<>();
        String request = "GET /v2/ HTTP/1.1\r\n\r\n";
        for (int i = 0; i < 4; i++) {
            echo();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate)) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                byte[] answer = socket.getInputStream().readNBytes(request.length());
                answers.add(new String(answer, StandardCharsets.US_ASCII));
            }
        }

        assertThat(answers)
                .containsExactly(request, "", request, "HTTP/1.1 503 Service ".substring(0, request.length()));
    }

    @Test
    void requestsAndConnectionsAreCountedUntilThePortIsPointedAgain() throws Exception {
        echo();
        int gate = relay.listen(server.getLocalPort(), new Link(0, false));
        String request = "GET /v2/ HTTP/1.1\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(request.length());
        }

        assertThat(relay.counts(gate)).isEqualTo("GET base=1;connections=1");
        relay.point(gate, server.getLocalPort());
        assertThat(relay.counts(gate)).isEmpty();
    }
}
