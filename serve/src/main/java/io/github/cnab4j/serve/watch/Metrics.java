/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.watch;

import io.github.cnab4j.server.protocol.Route;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Numbers since the start, in Prometheus' text format. Labels take few values whatever clients send: the method if it is one of
 * HTTP's, the kind of path, the status. Thread-safe.
 */
public final class Metrics {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    /** Upper bounds in seconds of the histogram's buckets. */
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60};

    private static final double NANOS = 1e9;

    private final Map<Counted, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Histogram> durations = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();

    private record Counted(String method, String route, int status) {
        String labels() {
            return "method=\"" + method + "\",route=\"" + route + "\",status=\"" + status + "\"";
        }
    }

    private record Gauge(String help, LongSupplier value) {}

    private static final class Histogram {
        private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Histogram() {
            Arrays.setAll(buckets, i -> new LongAdder());
        }

        void add(long duration) {
            int at = Arrays.binarySearch(BOUNDS, duration / NANOS);
            buckets[at < 0 ? -at - 1 : at].increment();
            nanos.add(duration);
        }
    }

    /** Adds a number that is asked for when the numbers are read. */
    public void gauge(String name, String help, LongSupplier value) {
        gauges.put(name, new Gauge(help, value));
    }

    void count(Exchange exchange) {
        String route = route(exchange.request().path());
        String method = exchange.request().method();
        requests.computeIfAbsent(
                        new Counted(METHODS.contains(method) ? method : "other", route, exchange.status()),
                        unused -> new LongAdder())
                .increment();
        durations
                .computeIfAbsent(route, unused -> new Histogram())
                .add(exchange.duration().toNanos());
        received.add(exchange.received());
        sent.add(exchange.sent());
    }

    private static String route(String path) {
        return Route.parse(path)
                .map(route -> route.endpoint().name().toLowerCase(Locale.ROOT))
                .orElse("other");
    }

    /** All numbers. */
    public String text() {
        StringBuilder text = new StringBuilder();
        head(text, "cnab4j_http_requests_total", "counter", "Requests that were answered; status 0 is none.");
        Map<String, Long> sorted = new TreeMap<>();
        requests.forEach((counted, count) -> sorted.put(counted.labels(), count.sum()));
        sorted.forEach((labels, count) -> line(text, "cnab4j_http_requests_total{" + labels + "}", count));
        head(text, "cnab4j_http_request_duration_seconds", "histogram", "From a request's head to its answer's end.");
        new TreeMap<>(durations).forEach((route, histogram) -> write(text, route, histogram));
        head(text, "cnab4j_http_received_bytes_total", "counter", "Bytes of requests' bodies.");
        line(text, "cnab4j_http_received_bytes_total", received.sum());
        head(text, "cnab4j_http_sent_bytes_total", "counter", "Bytes of answers' bodies.");
        line(text, "cnab4j_http_sent_bytes_total", sent.sum());
        new TreeMap<>(gauges).forEach((name, gauge) -> {
            head(text, name, "gauge", gauge.help());
            line(text, name, gauge.value().getAsLong());
        });
        return text.toString();
    }

    private static void write(StringBuilder text, String route, Histogram histogram) {
        String name = "cnab4j_http_request_duration_seconds";
        long count = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            count += histogram.buckets[i].sum();
            line(text, name + "_bucket{route=\"" + route + "\",le=\"" + BOUNDS[i] + "\"}", count);
        }
        count += histogram.buckets[BOUNDS.length].sum();
        line(text, name + "_bucket{route=\"" + route + "\",le=\"+Inf\"}", count);
        text.append(name).append("_sum{route=\"").append(route).append("\"} ");
        text.append(histogram.nanos.sum() / NANOS).append('\n');
        line(text, name + "_count{route=\"" + route + "\"}", count);
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String series, long value) {
        text.append(series).append(' ').append(value).append('\n');
    }
}
