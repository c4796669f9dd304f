/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.contestant.Field;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Results;
import io.github.cnab4j.benchmarks.result.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Charts of wall seconds: one for all cells that differ in the workload only. */
public final class Charts {
    private Charts() {}

    /** The charts by file name. */
    public static Map<String, String> of(Field field, Results results) {
        Map<String, List<SvgChart.Block>> blocks = new LinkedHashMap<>();
        for (Cell cell : results.cells()) {
            List<SvgChart.Bar> bars = results.summaries(cell).stream()
                    .filter(Summary::good)
                    .map(summary -> new SvgChart.Bar(summary.contestant(), style(field, summary), summary.wall()))
                    .toList();
            if (!bars.isEmpty()) {
                String name = "%s, %d images"
                        .formatted(cell.workload().label(), cell.workload().images());
                blocks.computeIfAbsent(cell.group(), group -> new ArrayList<>()).add(new SvgChart.Block(name, bars));
            }
        }
        Map<String, String> charts = new LinkedHashMap<>();
        blocks.forEach((group, all) -> charts.put(
                group.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg",
                SvgChart.draw("Wall seconds, median: " + group, "s", all)));
        return charts;
    }

    private static String style(Field field, Summary summary) {
        return Stream.concat(field.contestants().stream(), field.archivers().stream())
                .filter(contestant -> contestant.name().equals(summary.contestant()))
                .map(Contestant::kind)
                .findFirst()
                .orElse(Contestant.Kind.PEER)
                .name()
                .toLowerCase(Locale.ROOT);
    }
}
