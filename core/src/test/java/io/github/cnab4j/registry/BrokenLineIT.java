/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.real.CuttingRelay;
import io.github.cnab4j.real.CuttingRelay.Request;
import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of connections to the real docker-registry that break in the middle. Its upload goes on only where a part ended: the
 * state that it keeps in the Location has to agree with what it has, and after a request that was cut it does not. Nor can such an
 * upload be cancelled; it is purged in time.
 */
@Timeout(60)
class BrokenLineIT {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final int SIZE = 3_000_000;
    private static final int PART = 1_000_000;
    private static final TestContent LAYER = TestContent.random(1, SIZE);
    private static final PushHints MISSING = new PushHints(List.of(), List.of(), true, sent -> {});

    @TempDir
    static Path directory;

    private static DockerRegistry registry;
    private static int repositories;

    private final String repository = "app/broken" + repositories++;
    private CuttingRelay relay;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = DockerRegistry.start(directory);
    }

    @AfterAll
    static void stopRegistry() {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void startRelay() throws IOException {
        relay = CuttingRelay.before(registry);
    }

    @AfterEach
    void stopRelay() throws IOException {
        relay.close();
    }

    private static RegistryClient.Builder client() {
        return RegistryClient.builder().time(new FakeClock(), () -> 1);
    }

    private void push(RegistryClient.Builder options) throws IOException {
        try (RegistryClient client = options.build()) {
            PushOutcome outcome = client.target(new Repository(relay.host(), repository))
                    .push(SCOPE, LAYER.descriptor(), LAYER.source(), MISSING);
            assertThat(outcome).isEqualTo(PushOutcome.UPLOADED);
        }
        try (RegistryClient direct = client().build()) {
            RegistryStore store = direct.store(new Repository(registry.host(), repository));
            assertThat(Verified.readAll(SCOPE, store, LAYER.descriptor(), SIZE)).isEqualTo(LAYER.bytes());
        }
    }

    private List<Path> openUploads() throws IOException {
        Path uploads = directory.resolve("data/docker/registry/v2/repositories/" + repository + "/_uploads");
        try (Stream<Path> open = Files.list(uploads)) {
            return open.toList();
        }
    }

    /** Method and range of each request. */
    private List<String> requests() {
        return relay.requests().stream()
                .map(request -> request.method()
                        + request.range().map(range -> " " + range).orElse(""))
                .toList();
    }

    @Test
    void downloadThatBreaks_goesOnFromTheByteWhereItBroke() throws Exception {
        push(client());
        int before = relay.requests().size();
        relay.cutAnswer("GET", 1, 2_000_000);
        relay.cutAnswer("GET", 2, 500_000);

        try (RegistryClient client = client().build()) {
            RegistryStore store = client.store(new Repository(relay.host(), repository));
            assertThat(Verified.readAll(SCOPE, store, LAYER.descriptor(), SIZE)).isEqualTo(LAYER.bytes());
        }

        List<Request> reads = relay.requests().subList(before, relay.requests().size());
        assertThat(reads).hasSize(3).allMatch(request -> request.method().equals("GET"));
        // The head of an answer is a part of what came.
        assertThat(start(reads.get(1))).isBetween(1_999_000L, 2_000_000L);
        assertThat(start(reads.get(2))).isBetween(2_498_000L, 2_500_000L);
    }

    private static long start(Request request) {
        return Long.parseLong(request.range().orElseThrow().replaceFirst("bytes=([0-9]+)-" + (SIZE - 1), "$1"));
    }

    @Test
    void uploadThatBreaksInARequest_comesInAnother() throws Exception {
        relay.cutRequest("PUT", 1, 2_000_000);

        push(client());

        // Where buffers between here and there took all that is sent before the break, the blob is looked for first.
        assertThat(requests())
                .filteredOn(request -> !request.equals("HEAD"))
                .containsExactly("POST", "PUT", "GET", "POST", "DELETE", "PUT");
    }

    @Test
    void partThatNeverBegan_isWhereItGoesOn() throws Exception {
        relay.cutRequest("PATCH", 2, 0);

        push(client().chunkSize(PART));

        assertThat(requests())
                .containsExactly(
                        "POST",
                        "PATCH 0-999999",
                        "PATCH 1000000-1999999",
                        "GET",
                        "PATCH 1000000-1999999",
                        "PATCH 2000000-2999999",
                        "PUT");
        assertThat(openUploads()).isEmpty();
    }

    @Test
    void partThatBreaks_meansAnotherUpload() throws Exception {
        relay.cutRequest("PATCH", 2, PART / 2);

        push(client().chunkSize(PART));

        assertThat(requests()).startsWith("POST", "PATCH 0-999999", "PATCH 1000000-1999999", "GET", "POST");
        assertThat(relay.requests().stream().filter(request -> request.method().equals("POST")))
                .hasSize(2);
    }

    @Test
    void answerThatIsLost_costsAQuestion_notTheBytes() throws Exception {
        relay.cutAnswer("PUT", 1, 10);

        push(client());

        assertThat(requests()).startsWith("POST", "PUT").doesNotHaveDuplicates().contains("HEAD");
    }
}
