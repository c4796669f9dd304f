/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

    private HttpListener listener;

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close(Duration.ZERO);
        }
    }

    private RawClient connect(Handler handler) throws IOException {
        return connect(ListenerOptions.loopback(), handler);
    }

    private RawClient connect(ListenerOptions options, Handler handler) throws IOException {
        listener = HttpListener.start(options, handler);
        return new RawClient(listener.address());
    }

    private static Response text(String text) {
        return Response.of(200).withBody(Body.of(text.getBytes(ISO_8859_1)));
    }

    /** Answers with the request's body. */
    private static Response echo(Request request) throws IOException {
        return Response.of(200).withBody(Body.of(request.body().readAllBytes()));
    }

    @Test
    void itListensOnLoopbackOnly() throws IOException {
        listener = HttpListener.start(ListenerOptions.loopback(), request -> Response.of(200));
        assertThat(listener.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(listener.address().getPort()).isPositive();
    }

    @Nested
    class KeepingTheConnection {
        @Test
        void manyRequestsShareOne() throws IOException {
            try (RawClient client = connect(request -> text(request.path()))) {
                assertThat(client.send(GET).message()).endsWith("/x");
                assertThat(client.send(GET + GET).message()).endsWith("/x");
                assertThat(client.message()).endsWith("/x").doesNotContain("Connection:");
                assertThat(listener.openConnections()).isEqualTo(1);
            }
        }

        @Test
        void aSmallRestOfABodyIsSkipped() throws IOException {
            try (RawClient client = connect(request -> text("ignored"))) {
                String post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + "b".repeat(1000);
                assertThat(client.send(post).message()).endsWith("ignored");
                assertThat(client.send(GET).message()).endsWith("ignored");
            }
        }

        @Test
        void anAnswerToALargeBodyThatIsNotReadArrivesAndEndsTheConnection() throws IOException {
            int length = 3_000_000;
            try (RawClient client = connect(request -> text("no"))) {
                client.send(
                        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n" + "b".repeat(length));
                assertThat(client.message()).contains("Connection: close").endsWith("no");
                assertThat(client.ended()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n",
                    "GET / HTTP/1.0\r\n\r\n"
                })
        void itEndsWhenTheClientWantsSo(String request) throws IOException {
            try (RawClient client = connect(r -> text("bye"))) {
                assertThat(client.send(request).message())
                        .contains("Connection: close")
                        .endsWith("bye");
                assertThat(client.ended()).isTrue();
            }
        }
    }

    @Nested
    class Bodies {
        @Test
        void aChunkedBodyIsRead() throws IOException {
            try (RawClient client = connect(HttpListenerTest::echo)) {
                client.send(
                        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
                assertThat(client.message()).endsWith("abcde");
                assertThat(client.send(GET).message()).contains("200");
            }
        }

        @Test
        void aBodyCutByTheClientIsAnErrorNotAnEnd() throws Exception {
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            RawClient client = connect(request -> {
                try {
                    return echo(request);
                } catch (IOException e) {
                    seen.complete(e);
                    throw e;
                }
            });
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
                    .close();
            assertThat(seen.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }

        @Test
        void continueIsSentWhenTheHandlerWantsTheBody() throws IOException {
            try (RawClient client = connect(HttpListenerTest::echo)) {
                client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 100 ");
                assertThat(client.send("ok").message())
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("ok");
            }
        }

        @Test
        void continueIsNotSentWhenTheHandlerDoesNot() throws IOException {
            try (RawClient client = connect(request -> Response.of(401))) {
                client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
                assertThat(client.message()).startsWith("HTTP/1.1 401 ").contains("Connection: close");
            }
        }

        @Test
        void headHasTheLengthButNoBody() throws IOException {
            try (RawClient client = connect(request -> text("twelve bytes"))) {
                client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n" + GET);
                assertThat(client.head()).contains("Content-Length: 12");
                assertThat(client.message()).startsWith("HTTP/1.1 200 ").endsWith("twelve bytes");
            }
        }

        @Test
        void noContentHasNoLength() throws IOException {
            try (RawClient client = connect(request -> Response.of(204))) {
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 204 ").doesNotContain("Content-Length");
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 204 ");
            }
        }

        @Test
        void aLengthThatIsNotTrueEndsTheConnection() throws IOException {
            try (RawClient client = connect(request -> text("abc").with("Content-Length", "10"))) {
                assertThat(client.send(GET).head()).contains("Content-Length: 10");
                assertThat(client.ended() || client.ended() || client.ended() || client.ended())
                        .isTrue();
            }
        }
    }

    @Nested
    class MessagesThatAreRefused {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -3\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
                    "nonsense\r\n\r\n"
                })
        void forTheirFraming(String message) throws IOException {
            try (RawClient client = connect(HttpListenerTest::echo)) {
                assertThat(client.send(message).head())
                        .startsWith("HTTP/1.1 400 ")
                        .contains("Connection: close");
            }
        }

        @Test
        void forTheNumberOfFields() throws IOException {
            try (RawClient client = connect(request -> Response.of(200))) {
                client.send("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(300) + "\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 431 ");
            }
        }

        @Test
        void forTheLengthOfALine() throws IOException {
            try (RawClient client = connect(request -> Response.of(200))) {
                client.send("GET / HTTP/1.1\r\nA: " + "b".repeat(70_000) + "\r\n\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 431 ");
            }
        }

        @Test
        void forTheVersion() throws IOException {
            try (RawClient client = connect(request -> Response.of(200))) {
                assertThat(client.send("GET / HTTP/2.0\r\n\r\n").head()).startsWith("HTTP/1.1 505 ");
            }
        }
    }

    @Test
    void aHandlerThatFailsGivesA500WithoutDetails() throws IOException {
        try (RawClient client = connect(request -> {
            throw new IllegalStateException("secret");
        })) {
            assertThat(client.send(GET).message()).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
        }
    }

    @Nested
    class Breaking {
        @Test
        void withAReset() throws IOException {
            try (RawClient client = connect(request -> {
                throw AbortConnectionException.by(AbortConnectionException.How.RESET);
            })) {
                assertThatThrownBy(client.send(GET)::head)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }

        @Test
        void inTheMidstOfAChunkedBody() throws IOException {
            Body cut = new Body() {
                @Override
                public long length() {
                    return Request.UNKNOWN_LENGTH;
                }

                @Override
                public void writeTo(OutputStream out) throws IOException {
                    out.write("abc".getBytes(ISO_8859_1));
                    throw AbortConnectionException.by(AbortConnectionException.How.CLOSE);
                }
            };
            try (RawClient client = connect(request -> Response.of(200).withBody(cut))) {
                assertThat(client.send(GET).head()).contains("Transfer-Encoding: chunked");
                assertThat(client.rest()).isEqualTo("3\r\nabc\r\n");
            }
        }

        @Test
        void withAnEndAfterLastWords() throws IOException {
            try (RawClient client = connect(request -> {
                throw AbortConnectionException.afterBytes(
                        "garbage\r\n\r\n".getBytes(ISO_8859_1), AbortConnectionException.How.CLOSE);
            })) {
                assertThat(client.send(GET).head()).isEqualTo("garbage\r\n\r\n");
                assertThat(client.ended()).isTrue();
            }
        }
    }

    @Nested
    class Closing {
        @Test
        void endsIdleConnectionsAtOnceAndTakesNoNewOnes() throws IOException {
            try (RawClient client = connect(request -> text("x"))) {
                client.send(GET).message();
                listener.close(Duration.ofMinutes(1));

                assertThat(client.ended()).isTrue();
                assertThatThrownBy(() -> new RawClient(listener.address())).isInstanceOf(ConnectException.class);
            }
        }

        @Test
        void letsARequestInFlightEnd() throws Exception {
            CountDownLatch arrived = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            try (RawClient client = connect(request -> {
                arrived.countDown();
                hold(go);
                return text("done");
            })) {
                client.send(GET);
                assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
                CompletableFuture<Void> closing =
                        CompletableFuture.runAsync(() -> listener.close(Duration.ofMinutes(1)));
                go.countDown();
                assertThat(client.message()).endsWith("done");
                closing.get(10, TimeUnit.SECONDS);
            }
        }

        @Test
        void breaksWhatOutlastsTheGrace() throws Exception {
            CountDownLatch arrived = new CountDownLatch(1);
            try (RawClient client = connect(request -> {
                arrived.countDown();
                hold(new CountDownLatch(1));
                return text("never");
            })) {
                client.send(GET);
                assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
                listener.close(Duration.ofMillis(10));
                assertThatThrownBy(client::head).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aConnectionOverTheBoundTakesThePlaceOfTheOneThatIsIdleForLongest() throws Exception {
        ListenerOptions two = ListenerOptions.loopback().withMaxConnections(2);
        try (RawClient first = connect(two, request -> text("x"));
                RawClient second = new RawClient(listener.address())) {
            assertThat(second.send(GET).message()).endsWith("x");
            assertThat(first.send(GET).message()).endsWith("x");
            try (RawClient third = new RawClient(listener.address())) {
                assertThat(third.send(GET).message()).endsWith("x");
                assertThat(second.ended()).isTrue();
                assertThat(first.send(GET).message()).endsWith("x");
            }
        }
    }

    @Test
    void aConnectionOverTheBoundWaitsWhileAllHaveARequest() throws Exception {
        ListenerOptions one = ListenerOptions.loopback().withMaxConnections(1);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> served = new CopyOnWriteArrayList<>();
        try (RawClient first = connect(one, request -> {
            served.add(request.path());
            if (request.path().equals("/held")) {
                arrived.countDown();
                hold(go);
            }
            return text("x");
        })) {
            first.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            try (RawClient second = new RawClient(listener.address())) {
                second.send("GET /waiting HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(second.readable(100)).isFalse();
                assertThat(served).containsExactly("/held");
                go.countDown();
                assertThat(first.message()).endsWith("x");
                assertThat(second.message()).endsWith("x");
            }
        }
    }

    private static void hold(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
