/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.storage.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged {@code serve} is killed at moments of chance while eight clients push. Whatever it has acknowledged is there when it
 * runs again. {@code -Dcnab4j.serve.kills} is the number of kills, 5 by default; {@code -Dcnab4j.seed} repeats the moments of another
 * run.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
class KilledServeIT {
    private static final int KILLS = Integer.getInteger("cnab4j.serve.kills", 5);
    private static final long SEED = Long.getLong("cnab4j.seed", System.nanoTime());
    private static final int CLIENTS = 8;
    private static final int LONGEST_MILLIS = 2_000;
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
    /** The paths of what was acknowledged, blobs and manifests by tag, and what has to be there. */
    private final Map<String, Digest> acknowledged = new ConcurrentHashMap<>();

    private final Queue<String> unchecked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger names = new AtomicInteger();

    @TempDir
    Path directory;

    private record Server(PackagedCommand.Run run, String url) {}

    private Server start(PackagedCommand command) throws IOException, InterruptedException {
        PackagedCommand.Run run = command.start("serve", "root", "--listen", "127.0.0.1:0");
        long patience = System.nanoTime() + PackagedCommand.PATIENCE.toNanos();
        while (!run.out().endsWith("\n")) {
            assertThat(run.process().waitFor(20, TimeUnit.MILLISECONDS))
                    .as(run.err())
                    .isFalse();
            assertThat(System.nanoTime()).isLessThan(patience);
        }
        return new Server(run, run.out().trim());
    }

    private HttpResponse<byte[]> send(String method, String url, byte[] body, String type)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Pushes until the server is gone. */
    private void pushAll(String url, String repository, Random chance) throws InterruptedException {
        try {
            while (push(url, repository, chance)) {}
        } catch (IOException killed) {
            // What was not acknowledged was not promised.
            return;
        }
    }

    private boolean push(String url, String repository, Random chance) throws IOException, InterruptedException {
        byte[] layer = new byte[1 + chance.nextInt(200_000)];
        chance.nextBytes(layer);
        Digest blob = Digest.Algorithm.SHA256.of(layer);
        String uploads = url + "/v2/" + repository + "/blobs/uploads/";
        HttpResponse<byte[]> started = send("POST", uploads, new byte[0], "application/octet-stream");
        String session = url + started.headers().firstValue("Location").orElseThrow();
        if (send("PATCH", session, layer, "application/octet-stream").statusCode() != 202
                || send("PUT", session + "?digest=" + blob, new byte[0], "application/octet-stream")
                                .statusCode()
                        != 201) {
            return false;
        }
        acknowledge(repository + "/blobs/" + blob, blob);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":{\"mediaType\":\"text/x\","
                        + "\"digest\":\"" + blob + "\",\"size\":" + layer.length + "},\"layers\":[]}")
                .getBytes(UTF_8);
        String tag = "t" + names.incrementAndGet();
        if (send("PUT", url + "/v2/" + repository + "/manifests/" + tag, manifest, IMAGE)
                        .statusCode()
                != 201) {
            return false;
        }
        acknowledge(repository + "/manifests/" + tag, Digest.Algorithm.SHA256.of(manifest));
        return true;
    }

    private void acknowledge(String path, Digest digest) {
        acknowledged.put(path, digest);
        unchecked.add(path);
    }

    /** What was acknowledged before the last kill; what came before that was looked at then, and is again in the end. */
    private void check(String url) throws IOException, InterruptedException {
        for (String path = unchecked.poll(); path != null; path = unchecked.poll()) {
            assertThat(read(url + "/v2/" + path)).as("seed %d, %s", SEED, path).isEqualTo(acknowledged.get(path));
        }
    }

    private Digest read(String url) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as("seed %d, %s", SEED, url).isEqualTo(200);
        return Digest.Algorithm.SHA256.of(answer.body());
    }

    /** All clients push into repositories of their own but for two, which share one. */
    private static String repository(int i) {
        return "team/app" + Math.max(1, i);
    }

    @Test
    void whatWasAcknowledged_isThereAfterAKill() throws Exception {
        Path work = directory.resolve("work");
        PackagedCommand command = new PackagedCommand(work, directory.resolve("logs"));
        Random chance = new Random(SEED);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                Server server = start(command);
                check(server.url());
                killUnderLoad(server, threads, chance);
            }
        } finally {
            threads.shutdownNow();
        }
        Server last = start(command);
        unchecked.addAll(acknowledged.keySet());
        check(last.url());
        last.run().signal("TERM");
        assertThat(last.run().await()).as(last.run().err()).isZero();
        for (int i = 1; i < CLIENTS; i++) {
            LayoutCheck.blobs(work.resolve("root").resolve(repository(i)));
        }
        String tag = acknowledged.keySet().stream()
                .filter(path -> path.contains("/manifests/"))
                .findFirst()
                .orElseThrow();
        command.start("verify", "oci:root/" + tag.replace("/manifests/", ":")).succeeds();
    }

    private void killUnderLoad(Server server, ExecutorService threads, Random chance) throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String repository = repository(i);
            Random own = new Random(chance.nextLong());
            clients.add(threads.submit(() -> {
                pushAll(server.url(), repository, own);
                return null;
            }));
        }
        int moment = chance.nextInt(LONGEST_MILLIS);
        assertThat(server.run().process().waitFor(moment, TimeUnit.MILLISECONDS))
                .isFalse();
        server.run().process().destroyForcibly();
        for (Future<?> one : clients) {
            one.get(PackagedCommand.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        server.run().await();
    }
}
