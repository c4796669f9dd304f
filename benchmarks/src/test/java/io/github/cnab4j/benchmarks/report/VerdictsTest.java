/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.measure.Cost;
import io.github.cnab4j.benchmarks.registry.Storage;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Requests;
import io.github.cnab4j.benchmarks.result.Results;
import io.github.cnab4j.benchmarks.result.Run;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.result.Startup;
import io.github.cnab4j.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Cell COLD_W3 = new Cell(Scenario.COLD, Workload.W3, 50, Storage.SHM);

    private final List<Run> runs = new ArrayList<>();
    private Startup startup = new Startup(List.of(0.0), List.of(0.5), List.of());

    private void run(Cell cell, String contestant, double wall) {
        run(cell, contestant, new Cost(wall, 1, 100 * 1024), Optional.empty(), Requests.NONE, 1);
    }

    private void run(Cell cell, String contestant, Cost cost, Optional<String> failure, Requests requests, int number) {
        runs.add(new Run(cell, contestant, number, failure, cost, requests));
    }

    private Verdict verdict(String beginning) {
        List<Verdict> found = Verdicts.of(new Results(startup, runs, Map.of())).stream()
                .filter(verdict -> verdict.target().startsWith(beginning))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void aPushMayTakeAQuarterMoreThanTheFloorAndTheStartUp() {
        run(COLD_W3, Contestant.FLOOR, 4);
        run(COLD_W3, Contestant.PUSH, 5.5);

        assertThat(verdict("cnab4j push w3, 50 ms, target in memory"))
                .extracting(Verdict::outcome, Verdict::allowed, Verdict::measured)
                .containsExactly(Verdict.Outcome.MET, "5.50 s", "5.50 s");
    }

    @Test
    void faultsMayCostAThirdOfTheTimeWithout() {
        Cell faults = new Cell(Scenario.FAULTS, Workload.W3, 50, Storage.SHM);
        run(faults, Contestant.PUSH, 5.3);
        assertThat(verdict("cnab4j push w3, 50 ms, one request in a hundred fails")
                        .outcome())
                .isEqualTo(Verdict.Outcome.OPEN);

        run(COLD_W3, Contestant.PUSH, 4);

        assertThat(verdict("cnab4j push w3, 50 ms, one request in a hundred fails"))
                .extracting(Verdict::outcome, Verdict::allowed, Verdict::measured)
                .containsExactly(Verdict.Outcome.MISSED, "5.20 s", "5.30 s");
    }

    @Test
    void aLittleMoreIsAMiss() {
        run(COLD_W3, Contestant.FLOOR, 4);
        run(COLD_W3, Contestant.PUSH, 5.51);

        assertThat(verdict("cnab4j push w3, 50 ms, target in memory").outcome()).isEqualTo(Verdict.Outcome.MISSED);
    }

    @Test
    void theMedianCountsNotTheBestRun() {
        run(COLD_W3, Contestant.FLOOR, 4);
        for (double wall : new double[] {1, 6, 7}) {
            run(COLD_W3, Contestant.PUSH, wall);
        }

        assertThat(verdict("cnab4j push w3, 50 ms, target in memory").measured())
                .isEqualTo("6.00 s");
    }

    @Test
    void whoFailedOnceHasMissed() {
        run(COLD_W3, Contestant.FLOOR, 4);
        run(COLD_W3, Contestant.PUSH, 1);
        run(COLD_W3, Contestant.PUSH, new Cost(1, 1, 1), Optional.of("incomplete: a blob"), Requests.NONE, 2);

        assertThat(verdict("cnab4j push w3, 50 ms, target in memory"))
                .extracting(Verdict::outcome, Verdict::measured)
                .containsExactly(Verdict.Outcome.MISSED, "incomplete: a blob");
    }

    @Test
    void aFloorThatFailedIsNoMeasure() {
        run(COLD_W3, Contestant.FLOOR, new Cost(1, 1, 1), Optional.of("exit code 1"), Requests.NONE, 1);
        run(COLD_W3, Contestant.PUSH, 5);

        assertThat(verdict("cnab4j push w3, 50 ms, target in memory").outcome()).isEqualTo(Verdict.Outcome.OPEN);
    }

    @Test
    void whatWasNotMeasuredStaysOpen() {
        assertThat(verdict("cnab4j push w7, 50 ms, target on disk").outcome()).isEqualTo(Verdict.Outcome.OPEN);
        assertThat(verdict("pull of a tiny bundle").outcome()).isEqualTo(Verdict.Outcome.OPEN);
    }

    @Test
    void aCopyIsComparedWithTheBestPeerThatDidItsWork() {
        run(COLD_W3, "crane", 50);
        run(COLD_W3, "oras 3", 1);
        run(COLD_W3, "oras 32", 10);
        run(COLD_W3, "regctl", new Cost(2, 1, 1), Optional.of("incomplete"), Requests.NONE, 1);
        run(COLD_W3, Contestant.COPY, 6);

        // 0.65 of the 10 s of oras at 32: regctl failed, and oras at 3 is not in the comparison.
        assertThat(verdict("cnab4j copy w3, 50 ms: <= 0.65"))
                .extracting(Verdict::outcome, Verdict::allowed)
                .containsExactly(Verdict.Outcome.MET, "6.50 s");
    }

    @Test
    void aMountThatReadsABlobIsAMissThoughItIsQuick() {
        Cell mount = new Cell(Scenario.MOUNT, Workload.W2, 0, Storage.DISK);
        run(mount, Contestant.PUSH, 0.3);
        Requests requests = new Requests(new TreeMap<>(Map.of("GET blob", 1L, "POST mount", 12L)), new TreeMap<>());
        run(mount, Contestant.PUSH, new Cost(9, 1, 1), Optional.empty(), requests, 0);

        assertThat(verdict("cnab4j push w2 into the registry that has it: no blob is read")
                        .outcome())
                .isEqualTo(Verdict.Outcome.MISSED);
        // The run that only counted requests has no part in the times.
        assertThat(verdict("cnab4j push w2 into the registry that has it: <= 0.5 s")
                        .outcome())
                .isEqualTo(Verdict.Outcome.MET);
    }

    @Test
    void memoryIsJudgedByTheGreatestPeak() {
        Cell big = new Cell(Scenario.MEMORY, Workload.BIG, 0, Storage.DISK);
        run(big, Contestant.PUSH, new Cost(9, 9, 100 * 1024), Optional.empty(), Requests.NONE, 1);
        run(big, Contestant.PUSH, new Cost(9, 9, 161 * 1024), Optional.empty(), Requests.NONE, 2);

        assertThat(verdict("cnab4j push of one 4 GiB layer"))
                .extracting(Verdict::outcome, Verdict::measured)
                .containsExactly(Verdict.Outcome.MISSED, "161 MiB");
    }

    @Test
    void timePerImageIsComparedAcrossWorkloads() {
        run(COLD_W3, Contestant.PUSH, 3.01);
        run(new Cell(Scenario.COLD, Workload.W1000, 50, Storage.SHM), Contestant.PUSH, 12.02);

        assertThat(verdict("cnab4j push w1000"))
                .extracting(Verdict::outcome, Verdict::allowed)
                .containsExactly(Verdict.Outcome.MISSED, "12.00 ms");
    }

    @Test
    void startUpIsJudgedByItsMedian() {
        startup = new Startup(List.of(0.0), List.of(0.05, 0.09, 3.0), List.of(0.31));

        assertThat(verdict("version").outcome()).isEqualTo(Verdict.Outcome.MET);
        assertThat(verdict("pull of a tiny bundle").outcome()).isEqualTo(Verdict.Outcome.MISSED);
    }
}
