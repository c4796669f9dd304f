/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir
    Path scratch;

    @BeforeEach
    void timeIsThere() {
        assumeTrue(Files.isExecutable(Program.TIME), "GNU time is not installed");
    }

    private Finished run(Duration timeout, String script) throws Exception {
        return new Program(scratch, timeout).run(List.of("sh", "-c", script), Map.of("GREETING", "hello"));
    }

    @Test
    void aProgramThatSucceedsHasACostAndNoFailure() throws Exception {
        Finished finished =
                run(Duration.ofMinutes(1), "echo $GREETING; i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done");

        assertThat(finished.failure()).isEmpty();
        assertThat(finished.output()).isEqualTo("hello\n");
        assertThat(finished.cost().cpuSeconds()).isPositive();
        assertThat(finished.cost().wallSeconds()).isPositive();
        assertThat(finished.cost().peakKib()).isPositive();
    }

    @Test
    void aFailureTellsExitCodeAndOutputAndHasACostToo() throws Exception {
        Finished finished = run(Duration.ofMinutes(1), "echo refused >&2; exit 7");

        assertThat(finished.failure()).contains("exit code 7: refused");
        assertThat(finished.cost().peakKib()).isPositive();
    }

    @Test
    void aProgramThatTakesTooLongIsStopped() throws Exception {
        Finished finished = run(Duration.ofMillis(300), "sleep 60");

        assertThat(finished.timedOut()).isTrue();
        assertThat(finished.failure())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("stopped after"));
        assertThat(finished.cost().wallSeconds()).isLessThan(30);
    }

    @Test
    void eachRunHasAHomeOfItsOwn() throws Exception {
        assertThat(run(Duration.ofMinutes(1), "touch $HOME/seen").failure()).isEmpty();
        assertThat(run(Duration.ofMinutes(1), "test ! -e $HOME/seen").failure()).isEmpty();
    }
}
