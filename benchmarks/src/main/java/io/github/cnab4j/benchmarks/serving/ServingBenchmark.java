/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.serving;

import io.github.cnab4j.benchmarks.http.Client;
import io.github.cnab4j.benchmarks.measure.Statistics;
import io.github.cnab4j.benchmarks.registry.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures registries in turn, round after round, and prints medians and the ratio of the first to the best of the others. Arguments:
 * the number of rounds, a directory for content, and the programs. Linux only, because it reads {@code /proc}.
 */
final class ServingBenchmark {
    private static final List<Integer> CLIENTS = List.of(1, 16, 64);
    private static final int LARGE = 8 << 20;
    private static final int SMALL = 4 << 10;
    private static final int LARGE_READS = 128;
    private static final int LARGE_WRITES = 64;
    private static final int READS = 12_000;
    private static final int WRITES = 1_600;

    private final byte[] large = Blob.shared(LARGE);
    private final byte[] small = Blob.shared(SMALL);
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private long numbers;

    /** What a client does again and again. */
    private interface Turn {
        void take(Client client, int number) throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Path scratch = Path.of(arguments[1]);
        List<Path> programs = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            programs.add(Path.of(arguments[i]));
        }
        Map<String, List<List<Double>>> table = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < programs.size(); i++) {
                System.err.println("round " + (round + 1) + " " + programs.get(i));
                int column = i;
                measure(programs.get(i), scratch).forEach((name, value) -> {
                    List<List<Double>> row = table.computeIfAbsent(name, n -> new ArrayList<>());
                    while (row.size() <= column) {
                        row.add(new ArrayList<>());
                    }
                    row.get(column).add(value);
                });
            }
        }
        print(programs, table);
    }

    private static Map<String, Double> measure(Path program, Path scratch) throws Exception {
        Path directory = Files.createTempDirectory(Files.createDirectories(scratch), "serving");
        ServingBenchmark run = new ServingBenchmark();
        try (Registry registry = Registry.start(program, directory)) {
            for (int clients : CLIENTS) {
                run.measure(registry, clients);
            }
            run.figures.put("peak memory, MB", registry.peakMegabytes());
        } finally {
            Directories.delete(directory);
        }
        return run.figures;
    }

    private static void print(List<Path> programs, Map<String, List<List<Double>>> table) {
        StringBuilder head = new StringBuilder("| |");
        programs.forEach(
                program -> head.append(" ").append(program.getFileName()).append(" |"));
        System.out.println(head.append(" first / best other |"));
        System.out.println("|---|" + "---|".repeat(programs.size() + 1));
        table.forEach((name, row) -> {
            StringBuilder line = new StringBuilder("| ").append(name).append(" |");
            row.forEach(series -> line.append(String.format(Locale.ROOT, " %.4g |", Statistics.median(series))));
            double best =
                    row.stream().skip(1).mapToDouble(Statistics::median).max().orElse(Double.NaN);
            System.out.println(
                    line.append(String.format(Locale.ROOT, " %.2f |", Statistics.median(row.get(0)) / best)));
        });
    }

    private void measure(Registry registry, int clients) throws Exception {
        String repository = "serving/of-" + clients;
        Blob layer = new Blob(numbers++, large);
        Blob config = new Blob(numbers++, small);
        try (Client client = new Client(registry.port())) {
            Pushes.blob(client, repository, layer);
            Pushes.blob(client, repository, config);
            Pushes.manifest(client, repository, "read", Pushes.image(numbers++, config));
        }
        String of = ", " + clients + (clients == 1 ? " client" : " clients");
        double rate = rate(registry, clients, LARGE_READS, (client, n) -> Pushes.readBlob(client, repository, layer));
        figures.put("blob GET, MB/s" + of, rate * LARGE / 1e6);

        List<Blob> blobs = new ArrayList<>();
        for (int i = 0; i < LARGE_WRITES; i++) {
            blobs.add(new Blob(numbers++, large));
        }
        rate = rate(registry, clients, LARGE_WRITES, (client, n) -> Pushes.blob(client, repository, blobs.get(n)));
        figures.put("blob PUT, MB/s" + of, rate * LARGE / 1e6);

        List<Blob> little = new ArrayList<>();
        for (int i = 0; i < WRITES / 2; i++) {
            little.add(new Blob(numbers++, small));
        }
        rate = rate(registry, clients, WRITES / 2, (client, n) -> Pushes.blob(client, repository, little.get(n)));
        figures.put("small blob PUT, 1/s" + of, rate);

        long from = numbers;
        numbers += WRITES;
        rate = rate(
                registry,
                clients,
                WRITES,
                (client, n) -> Pushes.manifest(client, repository, "t" + n, Pushes.image(from + n, config)));
        figures.put("manifest PUT, 1/s" + of, rate);
        rate = rate(
                registry,
                clients,
                READS,
                (client, n) -> Pushes.readManifest(client, "GET", repository, "t" + n % WRITES));
        figures.put("manifest GET, 1/s" + of, rate);
        rate = rate(
                registry,
                clients,
                READS,
                (client, n) -> Pushes.readManifest(client, "HEAD", repository, "t" + n % WRITES));
        figures.put("manifest HEAD, 1/s" + of, rate);
    }

    /** Turns a second, of so many clients that share them. */
    private static double rate(Registry registry, int clients, int turns, Turn turn) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        CountDownLatch ready = new CountDownLatch(clients);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                int first = c;
                all.add(threads.submit(() -> {
                    try (Client client = new Client(registry.port())) {
                        ready.countDown();
                        go.await();
                        for (int n = first; n < turns; n += clients) {
                            turn.take(client, n);
                        }
                    }
                    return null;
                }));
            }
            ready.await();
            long start = System.nanoTime();
            go.countDown();
            for (Future<Void> client : all) {
                client.get();
            }
            return turns / ((System.nanoTime() - start) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }
}
