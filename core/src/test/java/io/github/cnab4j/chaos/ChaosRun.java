/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One random graph, copied between two registries that fail at random, until it is there: three runs at most. */
final class ChaosRun {
    private static final int MOST_RUNS = 3;
    private static final int ONE_IN = 10;
    private static final String NAME = "app";

    private final long seed;
    private final GeneratedIndex graph;
    private final boolean checkChildren;

    /**
     * A run.
     *
     * @param checkChildren whether the target refuses a manifest whose children it does not have
     */
    ChaosRun(long seed, boolean checkChildren) {
        this.seed = seed;
        this.checkChildren = checkChildren;
        this.graph = new ContentGenerator(seed).tangle(1 + (int) (seed % 6));
    }

    /** The digest of the graph's root. */
    String root() {
        return graph.manifest().digest();
    }

    /** Fails if the target is not whole in the end, or something was done on the way that must not be. */
    long with(Engine engine, Fault... more) throws Exception {
        try (TestRegistry source = TestRegistry.start();
                TestRegistry target = TestRegistry.builder()
                        .api(options -> options.withCheckChildren(checkChildren))
                        .start();
                RegistryClient client = RegistryClient.builder()
                        .idleTimeout(Duration.ofSeconds(2))
                        .time(new FakeClock(), new Random(seed)::nextDouble)
                        .build()) {
            source.load(NAME, graph, Engine.TAG);
            Audit audit = new Audit(target);
            ChaosFaults faults = new ChaosFaults(seed, ONE_IN, audit::struck);
            source.inject(
                    RequestPattern.any(), Fault.custom(new ChaosFaults(seed + 1, ONE_IN, new Audit(source)::struck)));
            target.inject(RequestPattern.any(), Fault.custom(faults));
            for (Fault fault : more) {
                target.inject(RequestPattern.any(), fault);
            }
            target.inject(RequestPattern.any(), Fault.custom(audit));
            Throwable last = copy(engine, client, source, target);
            assertThat(audit.violations()).as("seed %d", seed).isEmpty();
            assertWhole(target.repository(NAME), last);
            return faults.strikes();
        }
    }

    private @Nullable Throwable copy(Engine engine, RegistryClient client, TestRegistry source, TestRegistry target)
            throws Exception {
        Descriptor root = Descriptor.of(
                new MediaType(graph.mediaType()),
                Digest.parse(graph.manifest().digest()),
                graph.manifest().size());
        Throwable last = null;
        for (int run = 0; run < MOST_RUNS; run++) {
            try {
                engine.copy(
                        client.store(new Repository(source.host(), NAME)),
                        client.target(new Repository(target.host(), NAME)),
                        root);
                return null;
            } catch (CnabException | IOException failed) {
                last = failed;
            }
        }
        return last;
    }

    private void assertWhole(TestRepository target, @Nullable Throwable last) {
        assertThat(last).as("seed %d, after %d runs", seed, MOST_RUNS).isNull();
        assertThat(target.resolve(Engine.TAG))
                .as("seed %d", seed)
                .contains(graph.manifest().digest());
        for (Content manifest : graph.manifests()) {
            assertThat(target.manifest(manifest.digest())).as("seed %d", seed).isEqualTo(manifest.bytes());
        }
        for (Content blob : graph.blobs()) {
            if (!blob.mediaType().contains("nondistributable")) {
                assertThat(target.blob(blob.digest())).as("seed %d", seed).isEqualTo(blob.bytes());
            }
        }
    }
}
