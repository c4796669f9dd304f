/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.measure.Statistics;
import io.github.cnab4j.benchmarks.registry.Storage;
import io.github.cnab4j.benchmarks.result.Cell;
import io.github.cnab4j.benchmarks.result.Requests;
import io.github.cnab4j.benchmarks.result.Results;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.result.Summary;
import io.github.cnab4j.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The project's targets, judged by the figures of one run. A target says what it needs; where this run did not measure that, it
 * stays open.
 */
final class Verdicts {
    private static final int LATENCY = 50;
    /** Wall seconds of the Go tool on another day of the same machine: it cannot be run beside ours everywhere. */
    private static final double GO_MOUNT_W3 = 178;

    private static final double GO_COLD_W2 = 6.1;
    /** Peers whose best time a copy is compared with. */
    private static final List<String> PEERS = List.of("crane", "regctl", "oras 32");

    private final Results results;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Verdicts(Results results) {
        this.results = results;
    }

    /** All targets in their order. */
    static List<Verdict> of(Results results) {
        Verdicts all = new Verdicts(results);
        all.cold(Storage.SHM, 1.25);
        all.peers();
        all.cold(Storage.DISK, 1.2);
        all.faults();
        all.again();
        all.mounts();
        all.largeLayers();
        all.memory();
        all.archive();
        all.startup();
        all.manyImages();
        return List.copyOf(all.verdicts);
    }

    private void cold(Storage storage, double factor) {
        for (Workload workload : List.of(Workload.W1, Workload.W3, Workload.W7)) {
            Cell cell = cell(Scenario.COLD, workload, storage);
            for (String ours : List.of(Contestant.PUSH, Contestant.COPY)) {
                String target = "%s %s, 50 ms, target %s: <= %.2f x floor + start-up"
                        .formatted(ours, workload.label(), storage == Storage.DISK ? "on disk" : "in memory", factor);
                judge(
                        target,
                        cell,
                        ours,
                        measured -> results.find(cell, Contestant.FLOOR)
                                .filter(Summary::good)
                                .map(floor -> Verdict.atMost(
                                        target,
                                        factor * floor.wall()
                                                + results.startup().seconds(),
                                        measured.wall(),
                                        "s"))
                                .orElseGet(() -> Verdict.open(target, "no floor")));
            }
        }
    }

    private void peers() {
        for (Workload workload : List.of(Workload.W1, Workload.W3, Workload.W7)) {
            double factor = workload.equals(Workload.W1) ? 1 : 0.65;
            Cell cell = cell(Scenario.COLD, workload, Storage.SHM);
            String target = "%s %s, 50 ms: <= %.2f x the best of crane, regctl, oras 32"
                    .formatted(Contestant.COPY, workload.label(), factor);
            judge(target, cell, Contestant.COPY, measured -> {
                OptionalDouble best = PEERS.stream()
                        .flatMap(peer -> results.find(cell, peer).stream())
                        .filter(Summary::good)
                        .mapToDouble(Summary::wall)
                        .min();
                return best.isEmpty()
                        ? Verdict.open(target, "no peer")
                        : Verdict.atMost(target, factor * best.getAsDouble(), measured.wall(), "s");
            });
        }
    }

    private void faults() {
        String target = Contestant.PUSH + " w3, 50 ms, one request in a hundred fails: <= 1.3 x the time without";
        judge(
                target,
                cell(Scenario.FAULTS, Workload.W3, Storage.SHM),
                Contestant.PUSH,
                measured -> good(cell(Scenario.COLD, Workload.W3, Storage.SHM), Contestant.PUSH)
                        .map(sound -> Verdict.atMost(target, 1.3 * sound.wall(), measured.wall(), "s"))
                        .orElseGet(() -> Verdict.open(target, "not measured without")));
    }

    private void again() {
        for (Workload workload : List.of(Workload.W1, Workload.W3, Workload.W7)) {
            double limit = workload.equals(Workload.W3) ? 1.5 : 0.8;
            String target = "%s again %s, 50 ms: <= %.1f s".formatted(Contestant.PUSH, workload.label(), limit);
            Cell cell = cell(Scenario.AGAIN, workload, Storage.SHM);
            judge(target, cell, Contestant.PUSH, measured -> Verdict.atMost(target, limit, measured.wall(), "s"));
        }
    }

    private void mounts() {
        Cell large = new Cell(Scenario.MOUNT, Workload.W2, 0, Storage.DISK);
        String quick = Contestant.PUSH + " w2 into the registry that has it: <= 0.5 s + start-up";
        judge(
                quick,
                large,
                Contestant.PUSH,
                measured -> Verdict.atMost(quick, 0.5 + results.startup().seconds(), measured.wall(), "s"));
        String still = Contestant.PUSH + " w2 into the registry that has it: no blob is read";
        judge(
                still,
                large,
                Contestant.PUSH,
                measured -> measured.requests()
                        .map(requests -> Verdict.atMost(still, 0, blobsRead(requests), ""))
                        .orElseGet(() -> Verdict.open(still, "requests were not counted")));
        Cell many = new Cell(Scenario.MOUNT, Workload.W3, LATENCY, Storage.DISK);
        String go = Contestant.PUSH + " w3 into the registry that has it, 50 ms: <= 0.05 of the Go tool's 178 s";
        judge(go, many, Contestant.PUSH, measured -> Verdict.atMost(go, 0.05 * GO_MOUNT_W3, measured.wall(), "s"));
    }

    private static double blobsRead(Requests requests) {
        return requests.count(name -> name.equals("GET blob"));
    }

    private void largeLayers() {
        Cell cell = new Cell(Scenario.COLD, Workload.W2, 0, Storage.DISK);
        String wall = Contestant.PUSH + " w2 on loopback: <= 0.9 of the Go tool's 6.1 s";
        judge(wall, cell, Contestant.PUSH, measured -> Verdict.atMost(wall, 0.9 * GO_COLD_W2, measured.wall(), "s"));
        String cpu = Contestant.PUSH + " w2 on loopback: CPU <= 2.5 s";
        judge(cpu, cell, Contestant.PUSH, measured -> Verdict.atMost(cpu, 2.5, measured.cpu(), "s"));
    }

    private void memory() {
        String layer = Contestant.PUSH + " of one 4 GiB layer with -Xmx64m: peak RSS <= 160 MiB";
        Cell big = new Cell(Scenario.MEMORY, Workload.BIG, 0, Storage.DISK);
        judge(layer, big, Contestant.PUSH, measured -> Verdict.atMost(layer, 160, measured.peakMib(), "MiB"));
        String many = Contestant.PUSH + " of 1,001 images with -Xmx128m: complete";
        Cell thousand = new Cell(Scenario.MEMORY, Workload.W1000, 0, Storage.DISK);
        judge(
                many,
                thousand,
                Contestant.PUSH,
                measured ->
                        new Verdict(many, "", "complete, %.0f MiB".formatted(measured.peakMib()), Verdict.Outcome.MET));
    }

    private void archive() {
        Cell cell = new Cell(Scenario.ARCHIVE, Workload.W2, 0, Storage.DISK);
        String ours = Contestant.ARCHIVE;
        faster(ours + " of w2: at least twice as fast as tar + gzip", cell, ours, Contestant.TAR, 0.5);
        faster(ours + " of w2: as fast as skopeo to oci-archive", cell, ours, Contestant.SKOPEO_ARCHIVE, 1);
        Cell layout = new Cell(Scenario.VERIFY, Workload.W2, 0, Storage.DISK);
        faster(Contestant.VERIFY + " of w2: <= 1.2 x sha256sum", layout, Contestant.VERIFY, Contestant.SHA256SUM, 1.2);
    }

    private void faster(String target, Cell cell, String ours, String other, double share) {
        judge(
                target,
                cell,
                ours,
                measured -> good(cell, other)
                        .map(peer -> Verdict.atMost(target, share * peer.wall(), measured.wall(), "s"))
                        .orElseGet(() -> Verdict.open(target, other + " was not measured")));
    }

    private void startup() {
        verdicts.add(
                Verdict.atMost("version: <= 0.10 s", 0.10, results.startup().seconds(), "s"));
        String pull = "pull of a tiny bundle on loopback: <= 0.30 s";
        verdicts.add(
                results.startup().pull().isEmpty()
                        ? Verdict.open(pull, "not in this run")
                        : Verdict.atMost(
                                pull, 0.30, Statistics.median(results.startup().pull()), "s"));
    }

    private void manyImages() {
        Cell thousand = cell(Scenario.COLD, Workload.W1000, Storage.SHM);
        Cell hundreds = cell(Scenario.COLD, Workload.W3, Storage.SHM);
        String target = Contestant.PUSH + " w1000, 50 ms: time per image <= 1.2 x that of w3";
        judge(
                target,
                thousand,
                Contestant.PUSH,
                measured -> good(hundreds, Contestant.PUSH)
                        .map(fewer -> Verdict.atMost(
                                target,
                                1.2 * 1000 * fewer.wall() / Workload.W3.images(),
                                1000 * measured.wall() / Workload.W1000.images(),
                                "ms"))
                        .orElseGet(() -> Verdict.open(target, "w3 was not measured")));
    }

    /** At 50 ms; a target in memory may be one on a RAM disk, which is taken if both were measured. */
    private Cell cell(Scenario scenario, Workload workload, Storage storage) {
        Cell asked = new Cell(scenario, workload, LATENCY, storage);
        Cell other = new Cell(scenario, workload, LATENCY, Storage.MEMORY);
        List<Cell> measured = results.cells();
        return storage == Storage.SHM && !measured.contains(asked) && measured.contains(other) ? other : asked;
    }

    private Optional<Summary> good(Cell cell, String contestant) {
        return results.find(cell, contestant).filter(Summary::good);
    }

    private void judge(String target, Cell cell, String contestant, Function<Summary, Verdict> rule) {
        Optional<Summary> summary = results.find(cell, contestant);
        if (summary.isEmpty()) {
            verdicts.add(Verdict.open(target, "not in this run"));
        } else if (!summary.get().good()) {
            verdicts.add(Verdict.failed(target, summary.get().failure().orElse("no run")));
        } else {
            verdicts.add(rule.apply(summary.get()));
        }
    }

    /** How many verdicts have an outcome. */
    static long count(List<Verdict> verdicts, Verdict.Outcome outcome) {
        return Stream.of(verdicts)
                .flatMap(List::stream)
                .filter(verdict -> verdict.outcome() == outcome)
                .count();
    }
}
