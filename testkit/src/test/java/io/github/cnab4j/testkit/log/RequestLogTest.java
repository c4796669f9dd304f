/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.Http;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.RequestPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void inFlightIsWhatWaitsAtOnce() throws Exception {
        Gate gate = new Gate();
        try (TestRegistry registry = TestRegistry.start()) {
            registry.inject(RequestPattern.of(Kind.TAGS), Fault.hold(gate));
            ExecutorService clients = Executors.newFixedThreadPool(5);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(clients.submit(() -> new Http(registry).get("/v2/a/tags/list")));
            }
            assertThat(gate.awaitArrivals(5, PATIENCE)).isTrue();
            assertThat(registry.log().inFlight()).isEqualTo(5);
            gate.open();
            for (Future<?> call : calls) {
                call.get();
            }
            clients.shutdown();

            assertThat(registry.log().maxInFlight()).isEqualTo(5);
            assertThat(registry.log().maxInFlight(Kind.TAGS)).isEqualTo(5);
            assertThat(registry.log().maxInFlight(Kind.BLOB)).isZero();
            registry.log().clear();
            assertThat(registry.log().maxInFlight()).isZero();
        }
    }

    /** A client that waits for each response has one request in flight, however fast it sends the next one. */
    @Test
    void aClientThatWaitsIsNeverTwoAtOnce() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            String digest = registry.repository("a").putBlob(new byte[100_000]);
            Http first = new Http(registry);
            Http second = new Http(registry);
            for (int i = 0; i < 300; i++) {
                Http client = i % 2 == 0 ? first : second;
                assertThat(client.send(i % 3 == 0 ? "HEAD" : "GET", "/v2/a/blobs/" + digest)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(registry.log().maxInFlight()).isEqualTo(1);
            assertThat(registry.log().count(Kind.BLOB)).isEqualTo(300);
        }
    }
}
