/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.contestant;

import java.util.List;
import java.util.Map;

/**
 * Who takes part.
 *
 * @param contestants those that are there
 * @param absences those that are not, each with the reason
 */
public record Field(List<Contestant> contestants, Map<String, String> absences) {
    /** Copies the list. */
    public Field {
        contestants = List.copyOf(contestants);
    }
}
