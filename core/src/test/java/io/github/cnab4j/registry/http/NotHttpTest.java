/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something listens where a registry should be, and it does not speak HTTP. */
@Timeout(30)
class NotHttpTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** Keeps its connections open: what waits for more of the answer waits for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.0\r\n", "220 mail.example ESMTP\r\n", "+OK\n", "* OK\r\n\r\n"})
    void answerThatIsNotHttp_failsAtOnce_andIsNotAskedForAgain(String answer) throws IOException {
        try (Listener listener = new Listener(answer);
                HttpTransport transport = patient()) {
            assertThatThrownBy(() -> transport.execute(CallScope.unbounded(), listener.call()))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("the answer is not HTTP: it begins with \"" + answer.strip() + "\"");
            assertThat(listener.requests()).isEqualTo(1);
        }
    }

    @Test
    void headThatIsTooLong_isNotAskedForAgain() throws IOException {
        try (Listener listener = new Listener("HTTP/1.1 200 " + "x".repeat(64 * 1024) + "\r\n");
                HttpTransport transport = patient()) {
            assertThatThrownBy(() -> transport.execute(CallScope.unbounded(), listener.call()))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageStartingWith("the answer is not HTTP: ");
            assertThat(listener.requests()).isEqualTo(1);
        }
    }

    @Test
    void restOfAnAnswerThatCameLate_isSkipped() throws IOException {
        try (Listener listener = new Listener(ANSWER, "late\r\n" + ANSWER);
                HttpTransport transport = patient()) {
            transport.execute(CallScope.unbounded(), listener.call()).close();
            try (HttpReply second = transport.execute(CallScope.unbounded(), listener.call())) {
                assertThat(second.status()).isEqualTo(200);
            }
        }
    }

    private static HttpTransport patient() {
        FakeClock clock = new FakeClock();
        HttpTransport base =
                Transports.pooled(TestTransports.options(Duration.ofSeconds(5), Duration.ofSeconds(60), 1));
        return new RetryingTransport(base, "registry", clock, () -> 0.0);
    }

    /** Answers the requests of a connection one after the other, whatever they are. */
    private static final class Listener implements AutoCloseable {
        private final ServerSocket socket;
        private final String[] answers;
        private final AtomicInteger requests = new AtomicInteger();

        Listener(String... answers) throws IOException {
            this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            this.answers = answers;
            Thread thread = new Thread(this::serve, "listener");
            thread.setDaemon(true);
            thread.start();
        }

        HttpCall call() {
            Origin origin = new Origin("http", socket.getInetAddress().getHostAddress(), socket.getLocalPort());
            return HttpCall.of("GET", HttpUrl.of(origin, "/v2/"));
        }

        int requests() {
            return requests.get();
        }

        private void serve() {
            try {
                while (true) {
                    Socket connection = socket.accept();
                    byte[] request = new byte[8192];
                    for (String answer : answers) {
                        if (connection.getInputStream().read(request) < 0) {
                            break;
                        }
                        requests.incrementAndGet();
                        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    }
                }
            } catch (SocketException closed) {
                // The end of the test, or of what it listened to.
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
