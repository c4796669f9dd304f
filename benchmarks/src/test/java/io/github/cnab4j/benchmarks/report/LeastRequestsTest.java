/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.workload.Content;
import io.github.cnab4j.benchmarks.workload.WorkloadContent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastRequestsTest {
    /** Two images of one manifest each, five blobs. */
    private static final WorkloadContent CONTENT = new WorkloadContent(
            List.of(
                    new WorkloadContent.Image("a", contents(2).get(0)),
                    new WorkloadContent.Image("b", contents(2).get(1))),
            contents(2),
            contents(5));

    private static List<Content> contents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Content("type", "sha256:" + i, i))
                .toList();
    }

    private static long least(Scenario scenario, String contestant) {
        return LeastRequests.of(scenario, contestant, CONTENT).orElseThrow();
    }

    @Test
    void betweenRegistriesABlobIsThreeRequestsAndAManifestTwo() {
        assertThat(least(Scenario.COLD, Contestant.FLOOR)).isEqualTo(5 * 3 + 2 * 2);
    }

    @Test
    void aPushPutsTheConfigBlobItsManifestAndTheIndexAsWell() {
        assertThat(least(Scenario.COLD, Contestant.PUSH)).isEqualTo(19 + 2 + 1 + 1);
    }

    @Test
    void aCopyReadsTheseToo() {
        assertThat(least(Scenario.COLD, Contestant.COPY)).isEqualTo(19 + 3 + 2 + 2);
    }

    @Test
    void aMountIsOneRequest() {
        assertThat(least(Scenario.MOUNT, Contestant.PUSH)).isEqualTo(5 + 2 * 2 + 4);
        assertThat(least(Scenario.MOUNT, Contestant.COPY)).isEqualTo(5 + 2 * 2 + 1 + 2 + 2);
    }

    @Test
    void nothingToDoTakesLookingAtWhatWasAskedForAndAtTheTarget() {
        assertThat(least(Scenario.AGAIN, Contestant.PUSH)).isEqualTo(2 + 1);
        assertThat(least(Scenario.AGAIN, Contestant.COPY)).isEqualTo(1 + 1);
    }
}
