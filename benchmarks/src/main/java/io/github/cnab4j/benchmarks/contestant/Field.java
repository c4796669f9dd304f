/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.contestant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Who takes part.
 *
 * @param contestants those that are there
 * @param archivers those that write a bundle into a file
 * @param verifiers those that read a layout
 * @param absences those that are not, each with the reason
 */
public record Field(
        List<Contestant> contestants,
        List<Contestant> archivers,
        List<Contestant> verifiers,
        Map<String, String> absences) {
    /** Copies the list. */
    public Field {
        contestants = List.copyOf(contestants);
        archivers = List.copyOf(archivers);
        verifiers = List.copyOf(verifiers);
    }

    /** The same, of those who are not there only the ones whose names are wanted. */
    public Field withAbsences(Predicate<String> wanted) {
        Map<String, String> kept = new LinkedHashMap<>(absences);
        kept.keySet().removeIf(wanted.negate());
        return new Field(contestants, archivers, verifiers, kept);
    }
}
