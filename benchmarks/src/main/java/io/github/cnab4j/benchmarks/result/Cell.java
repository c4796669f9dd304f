/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.result;

import io.github.cnab4j.benchmarks.registry.Storage;
import io.github.cnab4j.benchmarks.workload.Workload;

/**
 * What contestants are compared on: their runs alternate.
 *
 * @param scenario what they find and do
 * @param workload what it is done with
 * @param latencyMillis round trip between a contestant and each registry; 0: no relay between them
 * @param storage where the target registry keeps its content
 */
public record Cell(Scenario scenario, Workload workload, int latencyMillis, Storage storage) {
    /** Its parts without the workload. */
    public String group() {
        return scenario.label() + ", " + (latencyMillis == 0 ? "loopback" : latencyMillis + " ms") + ", target "
                + (scenario == Scenario.MOUNT ? "is the source" : storage.words());
    }

    @Override
    public String toString() {
        return workload.label() + ", " + group();
    }
}
