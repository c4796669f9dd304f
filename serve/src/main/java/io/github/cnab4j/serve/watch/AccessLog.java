/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * A line of JSON for each request: when it ended, who sent it, what it wanted, how it went. Header fields and queries are left out,
 * for they may hold secrets.
 */
public final class AccessLog {
    private static final int LONGEST_PATH = 1_024;

    private final Consumer<String> lines;
    private final Clock clock;

    /** @param lines takes each line, without a line feed, from several threads */
    public AccessLog(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    void write(Exchange exchange) {
        String path = exchange.request().path();
        lines.accept(new String(
                GoJson.write(JsonObject.builder()
                        .put("time", clock.instant().toString())
                        .put("client", client(exchange))
                        .put("method", exchange.request().method())
                        .put("path", path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path)
                        .put("status", exchange.status())
                        .put("received", exchange.received())
                        .put("sent", exchange.sent())
                        .put("whole", new JsonBoolean(exchange.whole()))
                        .put("microseconds", exchange.duration().toNanos() / 1_000)
                        .build()),
                UTF_8));
    }

    private static String client(Exchange exchange) {
        return exchange.request().client() instanceof InetSocketAddress address && !address.isUnresolved()
                ? address.getAddress().getHostAddress()
                : "";
    }
}
