/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.transfer.ClockedSessions;
import io.github.cnab4j.transfer.CopyOptions;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random graphs between registries of which one request in ten fails. How many: as many as fit {@code -Dchaos.seconds}, or
 * {@code -Dchaos.graphs} of them; the first seed is {@code -Dchaos.seed}, else chance. A failure names its seed.
 */
class ChaosTest {
    private static final long SECONDS = Long.getLong("chaos.seconds", System.getenv("CI") == null ? 10 : 60);
    private static final long GRAPHS = Long.getLong("chaos.graphs", 0);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() & 0xffffff);

    private static void copy(RegistryStore source, RegistryStore target, Descriptor root) {
        CopyRoot whole = CopyRoot.of("graph", source, target, root).withTags(List.of(Engine.TAG));
        try (CopySession session = ClockedSessions.open(CopyOptions.defaults().withParallelism(8), new FakeClock())) {
            session.add(whole);
            session.await();
        }
    }

    @Test
    void anyGraph_isThereAfterThreeRuns_andNothingWasDoneThatMustNotBe() throws Exception {
        long strikes = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long graphs = 0;
        while (GRAPHS == 0 ? System.nanoTime() < end : graphs < GRAPHS) {
            strikes += new ChaosRun(SEED + graphs, graphs % 2 == 0).with(ChaosTest::copy);
            graphs++;
        }
        System.out.printf("chaos: %d graphs from seed %d, %d faults at the target%n", graphs, SEED, strikes);
        assertThat(graphs).isPositive();
        assertThat(strikes).as("faults in %d graphs from seed %d", graphs, SEED).isPositive();
    }

    /** HEAD of a manifest below the root says that it is there, although it is not, until somebody has put it. */
    private static Fault staleHeads(ChaosRun run) {
        Set<String> put = ConcurrentHashMap.newKeySet();
        return Fault.custom((request, next) -> {
            boolean manifest = Kind.of(request) == Kind.MANIFEST
                    && request.path().contains("sha256:")
                    && !request.path().endsWith(run.root());
            if (manifest && request.method().equals("PUT")) {
                put.add(request.path());
            }
            return manifest && request.method().equals("HEAD") && !put.contains(request.path())
                    ? Response.of(200)
                    : next.handle(request);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void registryThatClaimsToHaveManifests_getsThemAllTheSame(long seed) throws Exception {
        ChaosRun run = new ChaosRun(seed, true);

        run.with(ChaosTest::copy, staleHeads(run));
    }

    @Test
    void engineThatBelievesTheRegistry_isFoundOut() {
        ChaosRun run = new ChaosRun(1, true);
        Engine believing = new FlawedEngine(FlawedEngine.Flaw.NO_HEAL);

        assertThatThrownBy(() -> run.with(believing, staleHeads(run)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(FlawedEngine.Flaw.NO_HEAL.sign());
    }

    @ParameterizedTest
    @EnumSource(
            value = FlawedEngine.Flaw.class,
            names = {"PARENT_FIRST", "NO_HASH", "BLOBS_TWICE", "UPLOADS_LEFT_OPEN"})
    void flawedEngine_isFoundOut(FlawedEngine.Flaw flaw) throws Exception {
        List<String> findings = new ArrayList<>();
        for (long seed = 1; seed <= 60 && findings.stream().noneMatch(found -> found.contains(flaw.sign())); seed++) {
            try {
                new ChaosRun(seed, false).with(new FlawedEngine(flaw));
            } catch (AssertionError found) {
                findings.add(String.valueOf(found.getMessage()));
            }
        }
        assertThat(findings).anyMatch(found -> found.contains(flaw.sign()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void soundEngine_isNotFoundOut_howeverSimple(long seed) throws Exception {
        new ChaosRun(seed, true).with(new FlawedEngine(FlawedEngine.Flaw.NONE));
    }
}
