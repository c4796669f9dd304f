/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run of the conformance suite found. Immutable.
 *
 * @param exitCode of the suite: 0 unless a row failed or could not be judged
 * @param rows in the order of the run; a name may occur more than once
 * @param output everything that the suite wrote
 */
public record ConformanceReport(int exitCode, List<Row> rows, String output) {
    /** A run of everything has more rows than this. */
    public static final int WHOLE = 900;

    private static final Pattern ROW = Pattern.compile("(?m)^ *(OCI Conformance Test(?:/[^:\\n]*)?): *(\\w+)$");

    /** A copy of the rows is kept. */
    public ConformanceReport {
        rows = List.copyOf(rows);
    }

    /**
     * A row of the suite.
     *
     * @param name with the names of the rows above it, divided by slashes
     */
    public record Row(String name, Outcome outcome) {}

    static ConformanceReport parse(int exitCode, String output) {
        Matcher matcher = ROW.matcher(output);
        return new ConformanceReport(
                exitCode,
                matcher.results()
                        .flatMap(found ->
                                Outcome.of(found.group(2)).map(outcome -> new Row(found.group(1), outcome)).stream())
                        .toList(),
                output);
    }

    /** The names of the rows that ended so, without repetition. */
    public List<String> names(Outcome outcome) {
        return rows.stream()
                .filter(row -> row.outcome() == outcome)
                .map(Row::name)
                .distinct()
                .toList();
    }
}
