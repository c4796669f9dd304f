/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.store.CallScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that keep a connection busy without getting anywhere. */
@Timeout(60)
class StandstillTest {
    private static final Duration PATIENCE = Duration.ofMillis(150);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpTransport transport =
            Transports.pooled(TestTransports.options(Duration.ofSeconds(5), PATIENCE, 4));
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        ended.countDown();
        transport.close();
        server.close();
        threads.shutdownNow();
    }

    /** What happens to one connection. */
    private interface Peer {
        void meet(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private HttpUrl peer(Peer peer) {
        threads.execute(() -> {
            try (Socket socket = server.accept()) {
                peer.meet(socket.getInputStream(), socket.getOutputStream());
            } catch (IOException | InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        return HttpUrl.of(new Origin("http", "127.0.0.1", server.getLocalPort()), "/");
    }

    /** One byte after another, each within the patience of the socket. */
    private void drip(OutputStream out, String text) throws IOException, InterruptedException {
        for (byte one : text.getBytes(StandardCharsets.US_ASCII)) {
            out.write(one);
            out.flush();
            if (ended.await(PATIENCE.toMillis() / 10, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    @Test
    void peerThatStopsReading_isLeft() {
        HttpUrl url = peer((in, out) -> ended.await());
        HttpCall call = HttpCall.of("PUT", url).withBody(HttpBody.ofBytes(new byte[64 << 20]));

        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> transport.execute(CallScope.unbounded(), call))
                .withMessage("did not answer within " + PATIENCE.toMillis() + " ms");
    }

    @Test
    void headThatDrips_isNotWaitedForToItsEnd() {
        HttpUrl url = peer((in, out) -> drip(out, "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(20_000)));

        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> transport.execute(CallScope.unbounded(), HttpCall.of("GET", url)));
    }

    @Test
    void bodyThatDrips_isNotWaitedForToItsEnd() throws IOException {
        HttpUrl url = peer((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            drip(out, "x".repeat(20_000));
        });

        try (HttpReply reply = transport.execute(CallScope.unbounded(), HttpCall.of("GET", url))) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> reply.body().readNBytes(20_000))
                    .withMessageContaining("sent only ");
        }
    }

    @Test
    void unreadBody_isNotWaitedFor_whenTheAnswerIsClosed() throws IOException {
        HttpUrl url = peer((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            drip(out, "x".repeat(20_000));
        });
        HttpReply reply = transport.execute(CallScope.unbounded(), HttpCall.of("GET", url));
        long start = System.nanoTime();

        reply.close();

        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void uploadThatMoves_mayTakeLongerThanThePatience() throws IOException {
        int size = 24 << 20;
        HttpUrl url = peer((in, out) -> {
            byte[] part = new byte[1 << 20];
            for (int read = 0; read < size; read += part.length) {
                in.readNBytes(part, 0, part.length);
                if (ended.await(100, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            out.write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            ended.await();
        });
        HttpCall call = HttpCall.of("PUT", url).withBody(HttpBody.ofBytes(new byte[size]));

        // What the system has taken and the peer has not read yet must fit into the patience, also on a slow machine.
        TransportOptions options = TestTransports.options(Duration.ofSeconds(5), Duration.ofSeconds(2), 4);
        try (HttpTransport calmer = Transports.pooled(options);
                HttpReply reply = calmer.execute(CallScope.unbounded(), call)) {
            assertThat(reply.status()).isEqualTo(201);
        }
    }

    @Test
    void slowReader_isNoSlowHost() throws Exception {
        PatientStream stream = new PatientStream(new ByteArrayInputStream(new byte[100]), Duration.ofMillis(10));

        for (int i = 0; i < 5; i++) {
            assertThat(stream.read()).isZero();
            assertThat(ended.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
