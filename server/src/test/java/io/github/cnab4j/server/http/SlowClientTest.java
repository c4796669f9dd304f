/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that is slow, or means to be, keeps neither a thread nor the others waiting for long. */
@Timeout(60)
class SlowClientTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int CROWD = 200;

    private final CompletableFuture<Throwable> writing = new CompletableFuture<>();
    private HttpListener listener;

    @BeforeEach
    void start() throws IOException {
        ListenerOptions impatient = ListenerOptions.loopback().withIdleTimeout(Duration.ofMillis(200));
        listener = HttpListener.start(impatient, request -> switch (request.path()) {
            case "/endless" -> Response.of(200).withBody(endless());
            case "/read" -> Response.of(200).withBody(Body.of(request.body().readAllBytes()));
            default -> Response.of(200).withBody(Body.of("ok".getBytes(StandardCharsets.US_ASCII)));
        });
    }

    @AfterEach
    void stop() {
        listener.close(Duration.ZERO);
    }

    /** Writes for ever, and remembers what ended it. */
    private Body endless() {
        return new Body() {
            @Override
            public long length() {
                return Request.UNKNOWN_LENGTH;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                byte[] piece = new byte[1024 * 1024];
                try {
                    while (true) {
                        out.write(piece);
                    }
                } catch (IOException e) {
                    writing.complete(e);
                    throw e;
                }
            }
        };
    }

    @Test
    void aHeadThatTricklesInIsGivenUp() throws IOException {
        try (RawClient client = new RawClient(listener.address())) {
            client.send("GET /x HTTP/1.1\r\nHost: h\r\n");
            // Each byte is in time for a timeout of single reads; only a bound on the whole head ends this.
            assertThatThrownBy(() -> {
                        while (true) {
                            client.send("A: b\r\n");
                            if (client.readable(20)) {
                                throw new IOException("answered: " + client.head());
                            }
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("answered");
        }
    }

    @Test
    void aResponseThatIsNotTakenIsGivenUp() throws Exception {
        try (RawClient client = new RawClient(listener.address())) {
            client.send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(writing.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBodyThatStopsComingIsGivenUp() throws IOException {
        try (RawClient client = new RawClient(listener.address())) {
            client.send("PUT /read HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            assertThatThrownBy(client::head).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anIdleConnectionEndsInAnOrderlyWay() throws IOException {
        try (RawClient client = new RawClient(listener.address())) {
            assertThat(client.send(GET).message()).endsWith("ok");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aCrowdOfSilentClientsKeepsNobodyElseWaiting() throws IOException {
        List<RawClient> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(new RawClient(listener.address()).send("GET /x HT"));
            }
            try (RawClient client = new RawClient(listener.address())) {
                assertThat(client.send(GET).message()).endsWith("ok");
            }
            for (RawClient silent : crowd) {
                assertThatThrownBy(silent::head).isInstanceOf(IOException.class);
            }
        } finally {
            for (RawClient client : crowd) {
                client.close();
            }
        }
    }

    @Test
    void clientsThatSayNothingTakeNobodysPlaceForLong() throws IOException {
        ListenerOptions patient = ListenerOptions.loopback()
                .withIdleTimeout(Duration.ofMinutes(10))
                .withMaxConnections(20);
        List<RawClient> crowd = new ArrayList<>();
        try (HttpListener crowded =
                HttpListener.start(patient, request -> Response.of(200).withBody(Body.of(new byte[] {'x'})))) {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(new RawClient(crowded.address()).send("GET /x HT"));
            }
            try (RawClient client = new RawClient(crowded.address())) {
                assertThat(client.send(GET).message()).endsWith("x");
                assertThat(crowded.openConnections()).isLessThanOrEqualTo(20);
            }
        } finally {
            for (RawClient client : crowd) {
                client.close();
            }
        }
    }
}
