/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cnab4j.benchmarks.registry.Storage;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void withoutOptionsTheUsualCellsAreMeasured() {
        Options options = Options.parse();

        assertThat(Plan.of(options))
                .hasSize(9)
                .contains(new Cell(Scenario.COLD, Workload.W3, 50, Storage.SHM))
                .contains(new Cell(Scenario.MOUNT, Workload.W7, 50, Storage.DISK));
        assertThat(options.runs()).isEqualTo(3);
        assertThat(Plan.startup(options)).isTrue();
    }

    @Test
    void listsAreMultiplied() {
        Options options = Options.parse(
                "--workloads", "w1,w2", "--scenarios", "cold", "--latency", "0,50", "--targets", "memory,disk");

        assertThat(Plan.of(options)).hasSize(8).doesNotHaveDuplicates();
        assertThat(Plan.startup(options)).isFalse();
    }

    @Test
    void memoryHasWorkloadsOfItsOwn() {
        assertThat(Plan.of(Options.parse("--scenarios", "memory")))
                .extracting(Cell::workload)
                .containsExactly(Workload.BIG, Workload.W1000);
    }

    @Test
    void contestantsAreChosenByTheStartOfTheirNames() {
        Options options = Options.parse("--contestants", "floor,oras");

        assertThat(options.wants("oras 32")).isTrue();
        assertThat(options.wants("floor")).isTrue();
        assertThat(options.wants("crane")).isFalse();
        assertThat(Options.parse().wants("crane")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--runs",
                "--runs 0",
                "--runs many",
                "--workloads w9",
                "--scenarios hot",
                "--targets tape",
                "--latency -1"
            })
    void whatIsWrongIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(line.split(" ")));
    }
}
