/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import static io.github.cnab4j.testkit.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int CLIENTS = 16;
    private static final int WIDTH = 32;

    @Test
    void clientsThatPushTheSameGraphAtOnceAllSucceed() throws Exception {
        GeneratedIndex graph = new ContentGenerator(11).graph(8);
        try (TestRegistry registry = TestRegistry.start()) {
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> pushes = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String repository = i % 2 == 0 ? "shared" : "own/" + i;
                String tag = "t" + i;
                pushes.add(clients.submit(() -> push(new Http(registry), repository, tag, graph)));
            }
            for (Future<?> push : pushes) {
                push.get();
            }
            clients.shutdown();

            assertThat(registry.repository("shared").tags()).hasSize(CLIENTS / 2);
            assertThat(registry.repositories()).hasSize(1 + CLIENTS / 2);
            for (String repository : registry.repositories()) {
                TestRepository content = registry.repository(repository);
                assertThat(content.blobs()).hasSameSizeAs(graph.blobs());
                for (Content blob : graph.blobs()) {
                    assertThat(content.blob(blob.digest())).isEqualTo(blob.bytes());
                }
                for (Content manifest : graph.manifests()) {
                    assertThat(content.manifest(manifest.digest())).isEqualTo(manifest.bytes());
                }
            }
            assertThat(registry.openUploads()).isZero();
            assertThat(registry.log().requests()).noneMatch(request -> request.status() >= 400);
        }
    }

    @Test
    void aConnectionHasOneThreadHoweverManyRequestsItCarries() throws Exception {
        TestRegistry registry = TestRegistry.start();
        String prefix = "http-" + registry.uri().getPort() + "-";
        List<Thread> threads;
        try {
            String digest = registry.repository("a").putBlob(new byte[10_000]);
            ExecutorService clients = Executors.newFixedThreadPool(WIDTH);
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < WIDTH; i++) {
                Http http = new Http(registry);
                reads.add(clients.submit(() -> {
                    for (int n = 0; n < 50; n++) {
                        assertThat(http.get("/v2/a/blobs/" + digest).statusCode())
                                .isEqualTo(200);
                    }
                }));
            }
            for (Future<?> read : reads) {
                read.get();
            }
            clients.shutdown();
            threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith(prefix))
                    .toList();
            assertThat(threads)
                    .as("one for each connection, one that accepts, one that watches")
                    .hasSizeBetween(3, WIDTH + 2);
        } finally {
            registry.close();
        }
        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(registry.openConnections()).isZero();
    }

    private static void push(Http http, String repository, String tag, GeneratedIndex graph) {
        for (Content blob : graph.blobs()) {
            String location = header(http.send("POST", "/v2/" + repository + "/blobs/uploads/"), "Location");
            http.send("PUT", location + "?digest=" + blob.digest(), blob.bytes());
        }
        for (Content manifest : graph.manifests()) {
            String target = "/v2/" + repository + "/manifests/" + manifest.digest();
            http.send("PUT", target, manifest.bytes(), "Content-Type", manifest.mediaType());
        }
        Content root = graph.manifest();
        http.send("PUT", "/v2/" + repository + "/manifests/" + tag, root.bytes(), "Content-Type", root.mediaType());
    }
}
