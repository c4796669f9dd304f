/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.log;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a registry was asked, in the order of arrival, and how much of it at once. A request is in the log before its
 * response leaves, and counts as in flight until the last byte of the response is handed to the socket: what a client
 * has seen can be asserted on at once. Thread-safe.
 */
public final class RequestLog {
    private final List<LogEntry> entries = new ArrayList<>();
    private final Map<Kind, Gauge> byKind = new EnumMap<>(Kind.class);
    private final Gauge all = new Gauge();

    /** An empty log. */
    public RequestLog() {
        for (Kind kind : Kind.values()) {
            byKind.put(kind, new Gauge());
        }
    }

    /** Everything asked so far. */
    public List<LoggedRequest> requests() {
        synchronized (entries) {
            return entries.stream().map(LogEntry::snapshot).toList();
        }
    }

    /** What was asked so far and matches. */
    public List<LoggedRequest> requests(Predicate<LoggedRequest> filter) {
        return requests().stream().filter(filter).toList();
    }

    /** How many requests there were. */
    public int count() {
        return requests().size();
    }

    /** How many requests matched. */
    public int count(Predicate<LoggedRequest> filter) {
        return requests(filter).size();
    }

    /** How many requests of this kind there were. */
    public int count(Kind kind) {
        return count(request -> request.kind() == kind);
    }

    /** How many requests of this method and kind there were. */
    public int count(String method, Kind kind) {
        return count(request -> request.method().equals(method) && request.kind() == kind);
    }

    /** How many requests of this method there were. */
    public int count(String method) {
        return count(request -> request.method().equals(method));
    }

    /**
     * How many requests there were of each method and kind, as {@code "GET MANIFEST"}, sorted: all of what a piece of
     * work may ask, in one assertion.
     */
    public SortedMap<String, Integer> counts() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (LoggedRequest request : requests()) {
            counts.merge(request.method() + " " + request.kind(), 1, Integer::sum);
        }
        return counts;
    }

    /** Method and target of each request. */
    public List<String> lines() {
        return requests().stream().map(LoggedRequest::line).toList();
    }

    /** The most requests that were in flight at once. */
    public int maxInFlight() {
        return all.max();
    }

    /** The most requests of this kind that were in flight at once. */
    public int maxInFlight(Kind kind) {
        return gauge(kind).max();
    }

    /** How many requests are in flight. */
    public int inFlight() {
        return all.current();
    }

    /** Forgets everything but what is in flight. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
        }
        all.forgetMax();
        byKind.values().forEach(Gauge::forgetMax);
    }

    private Gauge gauge(Kind kind) {
        return byKind.getOrDefault(kind, all);
    }

    /** The interceptor that writes the log. */
    public Interceptor recorder() {
        return this::record;
    }

    private Response record(Request request, Handler next) throws IOException {
        Gauge gauge = gauge(Kind.of(request));
        LogEntry entry = new LogEntry(request, () -> {
            all.leave();
            gauge.leave();
        });
        all.enter();
        gauge.enter();
        synchronized (entries) {
            entries.add(entry);
        }
        boolean answered = false;
        try {
            Response response = entry.watch(next.handle(entry.watch(request)));
            answered = true;
            return response;
        } finally {
            if (!answered) {
                entry.end();
            }
        }
    }
}
