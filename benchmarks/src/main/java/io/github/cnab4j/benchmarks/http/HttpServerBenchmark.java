/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.http;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures every {@link Contestant} in turn, several rounds, and prints medians and ranges as a table. Argument: the number of
 * rounds (3). Linux only, because it reads {@code /proc}.
 */
final class HttpServerBenchmark {
    private static final int BLOBS = 6;
    private static final int WIDTH = 32;
    private static final int REQUESTS = 4_000;
    private static final int CROWD = 1_000;
    private static final int TRICKLING = 100;
    private static final int STALLED = 20;
    private static final int TRICKLES = 30;
    private static final long TRICKLE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Contestant contestant;

    private HttpServerBenchmark(Contestant contestant) {
        this.contestant = contestant;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Map<Contestant, Map<String, List<Double>>> all = new EnumMap<>(Contestant.class);
        for (int round = 0; round < rounds; round++) {
            for (Contestant contestant : Contestant.values()) {
                System.err.println("round " + (round + 1) + " " + contestant);
                HttpServerBenchmark run = new HttpServerBenchmark(contestant);
                run.measure();
                Map<String, List<Double>> series = all.computeIfAbsent(contestant, c -> new LinkedHashMap<>());
                run.figures.forEach((name, value) ->
                        series.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
            }
        }
        print(all);
    }

    private static void print(Map<Contestant, Map<String, List<Double>>> all) {
        System.out.println("| | "
                + String.join(
                        " | ",
                        all.keySet().stream()
                                .map(c -> c.name().toLowerCase(Locale.ROOT))
                                .toList()) + " |");
        System.out.println("|---" + "|---".repeat(all.size()) + "|");
        for (String name : all.values().iterator().next().keySet()) {
            StringBuilder line = new StringBuilder("| ").append(name);
            for (Map<String, List<Double>> series : all.values()) {
                line.append(" | ").append(medianAndRange(series.getOrDefault(name, List.of())));
            }
            System.out.println(line.append(" |"));
        }
    }

    private static String medianAndRange(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return "";
        }
        double least = sorted[0];
        double greatest = sorted[sorted.length - 1];
        String median = threeDigits(sorted[sorted.length / 2]);
        return least == greatest ? median : median + " (" + threeDigits(least) + "-" + threeDigits(greatest) + ")";
    }

    private static String threeDigits(double value) {
        return new BigDecimal(value).round(new MathContext(3)).toPlainString();
    }

    private void measure() throws Exception {
        long start = System.nanoTime();
        try (Child server = Child.start(contestant, Duration.ofMinutes(1))) {
            try (Client client = new Client(server.port())) {
                client.get(Resources.SMALL_PATH);
            }
            figures.put("first answer after start of the JVM, ms", (System.nanoTime() - start) / 1e6);
            large(server);
            small(server);
            crowd(server);
        }
        try (Child server = Child.start(contestant, Duration.ofSeconds(2))) {
            slow(server);
        }
    }

    private void large(Child server) throws IOException {
        double gigabytes = BLOBS * Resources.BLOB_BYTES / 1e9;
        try (Client client = new Client(server.port())) {
            client.get(Resources.BLOB_PATH);
            client.put(Resources.BLOB_PATH, Resources.BLOB_BYTES);
            long start = System.nanoTime();
            Duration cpu = server.cpu();
            for (int i = 0; i < BLOBS; i++) {
                client.get(Resources.BLOB_PATH);
            }
            figures.put("GET of 256 MiB, GB/s", gigabytes / seconds(start));
            figures.put("GET, server's CPU s/GB", seconds(server.cpu().minus(cpu)) / gigabytes);
            start = System.nanoTime();
            cpu = server.cpu();
            for (int i = 0; i < BLOBS; i++) {
                client.put(Resources.BLOB_PATH, Resources.BLOB_BYTES);
            }
            figures.put("PUT of 256 MiB, GB/s", gigabytes / seconds(start));
            figures.put("PUT, server's CPU s/GB", seconds(server.cpu().minus(cpu)) / gigabytes);
        }
    }

    private void small(Child server) throws Exception {
        smallRequests(server.port());
        long start = System.nanoTime();
        Duration cpu = server.cpu();
        smallRequests(server.port());
        double count = (double) WIDTH * REQUESTS;
        figures.put("1 KiB over 32 connections, requests/s", count / seconds(start));
        figures.put("1 KiB, server's CPU us/request", seconds(server.cpu().minus(cpu)) / count * 1e6);
    }

    private static void smallRequests(int port) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WIDTH);
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < WIDTH; i++) {
            clients.add(threads.submit(() -> {
                try (Client client = new Client(port)) {
                    for (int n = 0; n < REQUESTS; n++) {
                        client.get(Resources.SMALL_PATH);
                    }
                }
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
        threads.shutdown();
    }

    /** Many clients that have sent half a head, and one that behaves; it comes last, so all of them are in by then. */
    private void crowd(Child server) throws IOException {
        long before = server.status("VmRSS");
        List<Client> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                Client silent = new Client(server.port());
                silent.send("GET / HT");
                crowd.add(silent);
            }
            try (Client client = new Client(server.port())) {
                client.get(Resources.SMALL_PATH);
                double[] millis = new double[200];
                for (int i = 0; i < millis.length; i++) {
                    long start = System.nanoTime();
                    client.get(Resources.SMALL_PATH);
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
                Arrays.sort(millis);
                figures.put("beside 1,000 silent clients: median ms", millis[millis.length / 2]);
                figures.put("beside 1,000 silent clients: threads", (double) server.status("Threads"));
                figures.put("beside 1,000 silent clients: more memory, MB", (server.status("VmRSS") - before) / 1e3);
            }
        } finally {
            closeAll(crowd);
        }
    }

    /** Clients that send a byte of a head now and then, and clients that do not read what they asked for. */
    private void slow(Child server) throws IOException {
        List<Client> trickling = new ArrayList<>();
        List<Client> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < TRICKLING; i++) {
                trickling.add(new Client(server.port()));
            }
            for (int i = 0; i < STALLED; i++) {
                Client client = new Client(server.port());
                client.sendGet(Resources.BLOB_PATH);
                stalled.add(client);
            }
            boolean[] ended = new boolean[TRICKLING];
            for (int n = 0; n < TRICKLES; n++) {
                for (int i = 0; i < TRICKLING; i++) {
                    ended[i] |= !sends(trickling.get(i), n < 3 ? "GET".substring(n, n + 1) : "x");
                }
                LockSupport.parkNanos(TRICKLE_NANOS);
            }
            int alive = 0;
            for (boolean end : ended) {
                alive += end ? 0 : 1;
            }
            long served = stalled.stream()
                    .filter(client -> client.drain(Resources.BLOB_BYTES) >= Resources.BLOB_BYTES)
                    .count();
            figures.put("of 100 clients that trickle a head, kept after 12 s", (double) alive);
            figures.put("of 20 clients that do not read, kept after 12 s", (double) served);
        } finally {
            closeAll(trickling);
            closeAll(stalled);
        }
    }

    private static boolean sends(Client client, String text) {
        try {
            client.send(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void closeAll(List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.close();
        }
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
