/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Gives answers by a script and keeps account of what was sent when; after the script every answer is 200. */
final class ScriptedTransport implements HttpTransport {
    /** What a request brings. */
    interface Line {
        HttpReply play(HttpCall call) throws IOException;
    }

    private final LongSupplier nanos;
    private final long start;
    private final Deque<Line> script = new ArrayDeque<>();
    private final List<Duration> times = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private int open;

    ScriptedTransport(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    ScriptedTransport then(int status, String... fields) {
        return then(call -> withFields(call, status, fields));
    }

    ScriptedTransport then(Line line) {
        script.add(line);
        return this;
    }

    /** When requests were sent, from the beginning of the test. */
    List<Duration> times() {
        return times;
    }

    List<String> bodies() {
        return bodies;
    }

    /** Answers that were not closed. */
    int openReplies() {
        return open;
    }

    HttpReply reply(HttpCall call, int status) {
        return withFields(call, status);
    }

    private HttpReply withFields(HttpCall call, int status, String... fields) {
        Headers headers = Headers.none();
        for (int i = 0; i < fields.length; i += 2) {
            headers = headers.with(fields[i], fields[i + 1]);
        }
        open++;
        return new HttpReply(
                call.url(),
                status,
                headers,
                new ByteArrayInputStream(new byte[0]),
                Optional::empty,
                () -> open--,
                null);
    }

    HttpReply reply(HttpCall call, int status, InputStream body) {
        return reply(call, status).withBody(body);
    }

    HttpReply reply(HttpCall call, int status, String body, String... fields) {
        return withFields(call, status, fields)
                .withBody(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        scope.throwIfCancelled();
        times.add(Duration.ofNanos(nanos.getAsLong() - start));
        if (call.body() != null) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            call.body().writeTo(sent);
            bodies.add(sent.toString(StandardCharsets.UTF_8));
        }
        Line line = script.poll();
        return line == null ? reply(call, 200) : line.play(call);
    }

    @Override
    public void close() {}
}
