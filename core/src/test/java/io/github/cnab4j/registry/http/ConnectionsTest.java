/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections before and after their requests: opened beforehand, and left by an answer that nobody wants to hear to its end. */
@Timeout(30)
class ConnectionsTest {
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server;
    private HttpTransport transport;
    private volatile boolean endless;
    private volatile boolean chunked;
    private volatile int informational;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                Socket connection = server.accept();
                connections.incrementAndGet();
                daemon(() -> serve(connection));
            }
        });
        transport = Transports.pooled(TestTransports.options(Duration.ofSeconds(5), Duration.ofSeconds(20), 8));
    }

    @AfterEach
    void stop() throws IOException {
        transport.close();
        server.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // The other end, or the test, is done.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket connection) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
        OutputStream out = connection.getOutputStream();
        boolean head = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            head |= line.startsWith("HEAD ");
            if (line.isEmpty() && head) {
                out.write(
                        "HTTP/1.1 404 Not Found\r\nContent-Length: 17\r\n\r\n{\"errors\":\"none\"}".getBytes(US_ASCII));
                head = false;
            } else if (line.isEmpty()) {
                answer(out);
            }
        }
    }

    private void answer(OutputStream out) throws IOException {
        for (int i = 0; i < informational; i++) {
            out.write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(US_ASCII));
        }
        long length = endless ? 1L << 40 : 1000;
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
        out.write(("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n").getBytes(US_ASCII));
        byte[] piece = new byte[1000];
        for (long sent = 0; sent < length; sent += piece.length) {
            if (chunked) {
                out.write("3e8\r\n".getBytes(US_ASCII));
            }
            out.write(piece);
            if (chunked) {
                out.write("\r\n".getBytes(US_ASCII));
            }
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(US_ASCII));
        }
    }

    private HttpReply get(CallScope scope) throws IOException {
        HttpUrl url = HttpUrl.parse("http://127.0.0.1:" + server.getLocalPort() + "/v2/")
                .orElseThrow();
        return transport.execute(scope, HttpCall.of("GET", url));
    }

    /** Reading the rest would never end: the test does only if it is not read. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endlessBody_isNotReadToItsEnd(boolean inChunks) throws IOException {
        endless = true;
        chunked = inChunks;

        try (HttpReply reply = get(CallScope.unbounded())) {
            assertThat(reply.body().readNBytes(100_000)).hasSize(100_000);
        }

        endless = false;
        try (HttpReply next = get(CallScope.unbounded())) {
            assertThat(next.status()).isEqualTo(200);
        }
        assertThat(connections).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void smallBodyThatNobodyReads_leavesItsConnectionToTheNext(boolean inChunks) throws IOException {
        chunked = inChunks;

        for (int i = 0; i < 5; i++) {
            get(CallScope.unbounded()).close();
        }

        assertThat(connections).hasValue(1);
    }

    @Test
    void informationalAnswers_arePassedOver_butNotForEver() throws IOException {
        informational = 15;
        try (HttpReply reply = get(CallScope.unbounded())) {
            assertThat(reply.status()).isEqualTo(200);
        }

        informational = 16;
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> get(CallScope.unbounded()))
                .withMessageContaining("more than 16 informational answers");
    }

    @Test
    void connectionThatWasOpenedBeforehand_isTheOneThatTheRequestUses() throws IOException {
        HttpUrl url = HttpUrl.parse("http://127.0.0.1:" + server.getLocalPort() + "/v2/")
                .orElseThrow();

        transport.warmUp(CallScope.unbounded(), url.origin());
        get(CallScope.unbounded()).close();

        assertThat(connections).hasValue(1);
    }

    @Test
    void connectionThatCannotBeOpenedBeforehand_isNoFailure() throws IOException {
        HttpUrl url = HttpUrl.parse("http://127.0.0.1:" + server.getLocalPort() + "/v2/")
                .orElseThrow();
        server.close();

        transport.warmUp(CallScope.unbounded(), url.origin());

        assertThat(connections).hasValue(0);
    }

    @Test
    void scopeThatIsStoppedBeforeTheEnd_leavesNothingOpen() throws IOException {
        endless = true;
        Cancellation scope = new Cancellation();
        HttpReply reply = get(scope);

        scope.cancel();
        reply.close();

        endless = false;
        get(CallScope.unbounded()).close();
        assertThat(connections).hasValue(2);
    }

    @Test
    void bodyOfAnAnswerToHead_isNotTakenForTheNextAnswer() throws IOException {
        HttpUrl url = HttpUrl.parse("http://127.0.0.1:" + server.getLocalPort() + "/v2/")
                .orElseThrow();
        for (int i = 0; i < 3; i++) {
            try (HttpReply reply = transport.execute(CallScope.unbounded(), HttpCall.of("HEAD", url))) {
                assertThat(reply.status()).isEqualTo(404);
            }
            try (HttpReply reply = get(CallScope.unbounded())) {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body().readAllBytes()).hasSize(1000);
            }
        }
    }
}
