/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import io.github.cnab4j.benchmarks.registry.Storage;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Which cells are measured. */
final class Plan {
    /** The round trip that the targets speak of. */
    static final int LATENCY = 50;

    private static final List<Workload> USUAL = List.of(Workload.W1, Workload.W3, Workload.W7);
    private static final List<Workload> HEAVY = List.of(Workload.BIG, Workload.W1000);

    private Plan() {}

    /** The cells that the command line asks for. */
    static List<Cell> of(Options options) {
        if (options.all()) {
            return targets();
        }
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : options.scenarios()) {
            switch (scenario) {
                case COLD, FAULTS, AGAIN -> {
                    for (int latency : options.latencies()) {
                        for (Storage storage : options.targets()) {
                            add(cells, scenario, options.workloads().orElse(USUAL), latency, storage);
                        }
                    }
                }
                case MOUNT -> {
                    for (int latency : options.latencies()) {
                        add(cells, scenario, options.workloads().orElse(USUAL), latency, Storage.DISK);
                    }
                }
                case MEMORY -> add(cells, scenario, options.workloads().orElse(HEAVY), 0, Storage.DISK);
                case ARCHIVE -> add(cells, scenario, options.workloads().orElse(List.of(Workload.W2)), 0, Storage.DISK);
                case VERIFY -> add(cells, scenario, options.workloads().orElse(List.of(Workload.W2)), 0, Storage.DISK);
                case STARTUP -> {}
            }
        }
        return List.copyOf(cells);
    }

    /** Whether a tiny pull is timed; {@code version} always is. */
    static boolean startup(Options options) {
        return options.all() || options.scenarios().contains(Scenario.STARTUP);
    }

    private static List<Cell> targets() {
        List<Cell> cells = new ArrayList<>();
        add(cells, Scenario.COLD, USUAL, LATENCY, Storage.SHM);
        add(cells, Scenario.COLD, List.of(Workload.W1000), LATENCY, Storage.SHM);
        add(cells, Scenario.FAULTS, List.of(Workload.W3), LATENCY, Storage.SHM);
        add(cells, Scenario.COLD, USUAL, LATENCY, Storage.DISK);
        add(cells, Scenario.COLD, List.of(Workload.W2), 0, Storage.DISK);
        add(cells, Scenario.AGAIN, USUAL, LATENCY, Storage.SHM);
        add(cells, Scenario.MOUNT, List.of(Workload.W3), LATENCY, Storage.DISK);
        add(cells, Scenario.MOUNT, List.of(Workload.W2), 0, Storage.DISK);
        add(cells, Scenario.MEMORY, HEAVY, 0, Storage.DISK);
        add(cells, Scenario.ARCHIVE, List.of(Workload.W2), 0, Storage.DISK);
        add(cells, Scenario.VERIFY, List.of(Workload.W2), 0, Storage.DISK);
        return List.copyOf(cells);
    }

    private static void add(
            List<Cell> cells, Scenario scenario, List<Workload> workloads, int latency, Storage storage) {
        workloads.forEach(workload -> cells.add(new Cell(scenario, workload, latency, storage)));
    }
}
