/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Markdown table whose columns line up as plain text too: figures to the right, words to the left. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        row(head);
    }

    void row(String... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .toList());
    }

    String text() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        boolean[] figures = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            figures[column] = figures(column);
        }
        StringBuilder text = new StringBuilder(line(rows.get(0), widths, figures));
        text.append(IntStream.range(0, columns)
                .mapToObj(column ->
                        figures[column] ? "-".repeat(widths[column] + 1) + ":" : "-".repeat(widths[column] + 2))
                .collect(Collectors.joining("|", "|", "|\n")));
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths, figures)));
        return text.toString();
    }

    /** Whether no row below the head has words in a column. */
    private boolean figures(int column) {
        return rows.stream()
                .skip(1)
                .map(row -> row.get(column))
                .allMatch(cell -> cell.matches("[-0-9.,]*( [a-zA-Z]+)?"));
    }

    private static String line(List<String> row, int[] widths, boolean[] figures) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String padding = " ".repeat(widths[column] - row.get(column).length());
                    return figures[column] ? padding + row.get(column) : row.get(column) + padding;
                })
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
