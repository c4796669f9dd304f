/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.remotes.FixupOptions;
import io.github.cnab4j.remotes.PushOptions;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.transfer.CopyOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Pushes of bundles without end, several at a time, through one {@link Remotes}. To the client every push is one to a new
 * repository; the registry keeps one for each worker, which is emptied after each push, so that what grows is the client's.
 */
final class Soak implements AutoCloseable {
    private static final int WORKERS = 3;
    private static final int WIDTH = 8;
    private static final int BUNDLES = 12;
    private static final int FAULT_IN = 50;
    private static final int MOST_TRIES = 3;
    /** Each push may use its width at each registry, and the next may begin before the last connection is given back. */
    static final long MOST_CONNECTIONS = 2L * 2 * WORKERS * WIDTH;

    /** The part of a repository's name that is new each time. */
    private static final Pattern FRESH = Pattern.compile("round-[0-9]+-");

    private final TestRegistry source = TestRegistry.start();
    private final TestRegistry target = TestRegistry.start();
    private final List<GeneratedBundle> bundles = new ArrayList<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong struckUploads = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private final ChaosFaults faults;
    private final Remotes remotes;

    Soak(long seed) {
        for (int i = 0; i < BUNDLES; i++) {
            ContentGenerator generator = new ContentGenerator(seed + i);
            BundleBuilder builder = new BundleBuilder(source.host(), "bundle-" + i, generator.image());
            builder.component("tangle", generator.tangle(1 + i % 4));
            builder.component("image", generator.image());
            GeneratedBundle bundle = builder.build();
            source.load(bundle);
            bundles.add(bundle);
        }
        faults = new ChaosFaults(seed, FAULT_IN, this::struck);
        for (TestRegistry registry : List.of(source, target)) {
            // Pauses of seconds would be most of the time.
            registry.inject(RequestPattern.any(), Fault.withoutHeader("Retry-After"));
            registry.inject(RequestPattern.any(), Fault.custom(faults));
        }
        target.inject(RequestPattern.any(), Fault.custom((request, next) -> next.handle(inWorkersRepository(request))));
        remotes = Remotes.builder()
                .copyOptions(CopyOptions.defaults().withParallelism(WIDTH))
                .build();
    }

    private void struck(Request request) {
        if (Kind.of(request) == Kind.UPLOAD) {
            struckUploads.incrementAndGet();
        }
    }

    private static Request inWorkersRepository(Request request) {
        return request.withTarget(FRESH.matcher(request.target()).replaceAll(""));
    }

    long faults() {
        return faults.strikes();
    }

    /** Uploads that were begun and neither finished nor cancelled. */
    long abandoned() {
        return abandoned.get();
    }

    /** Faults that struck a request of an upload: each may keep the client from knowing of one, or from cancelling it. */
    long struckUploads() {
        return struckUploads.get();
    }

    /** Pushes for a while, and ends with nothing under way; returns how many. */
    long run(Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        long before = rounds.get();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            String repository = "worker-" + i;
            running.add(workers.submit(() -> {
                do {
                    push(rounds.getAndIncrement(), repository);
                } while (System.nanoTime() < end);
            }));
        }
        for (Future<?> worker : running) {
            worker.get();
        }
        return rounds.get() - before;
    }

    private void push(long round, String repository) {
        GeneratedBundle bundle = bundles.get((int) (round % BUNDLES));
        Reference reference = Reference.parse(target.host() + "/round-" + round + "-" + repository + ":1.0");
        String digest = tryToPush(Bundle.parse(bundle.bytes()), reference);
        TestRepository pushed = target.repository(repository);
        assertThat(pushed.resolve("1.0")).contains(digest);
        bundle.images()
                .forEach(image -> image.content()
                        .blobs()
                        .forEach(blob -> assertThat(
                                        blob.mediaType().contains("nondistributable") || pushed.hasBlob(blob.digest()))
                                .as("blob %s of round %d", blob.digest(), round)
                                .isTrue()));
        pushed.manifests().forEach(pushed::deleteManifest);
        pushed.blobs().forEach(pushed::deleteBlob);
        abandoned.addAndGet(pushed.forgetUploads());
    }

    private String tryToPush(Bundle bundle, Reference reference) {
        for (int run = 1; ; run++) {
            try {
                return remotes.fixupAndPush(bundle, reference, FixupOptions.defaults(), PushOptions.defaults())
                        .descriptor()
                        .digest()
                        .toString();
            } catch (CnabException failed) {
                if (run == MOST_TRIES) {
                    throw failed;
                }
            }
        }
    }

    Usage usage() throws IOException {
        source.log().clear();
        target.log().clear();
        return Usage.now(source.openConnections() + (long) target.openConnections());
    }

    @Override
    public void close() {
        workers.shutdownNow();
        remotes.close();
        source.close();
        target.close();
    }
}
