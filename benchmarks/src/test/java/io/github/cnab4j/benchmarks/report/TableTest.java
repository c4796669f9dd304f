/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void figuresAreToTheRightAndWordsToTheLeft() {
        Table table = new Table("", "s", "note");
        table.row("crane", "1.50", "a|b");
        table.row("x", "10.25", "");

        assertThat(table.text()).isEqualTo("""
                |       |     s | note |
                |-------|------:|------|
                | crane |  1.50 | a\\|b |
                | x     | 10.25 |      |
                """);
    }
}
