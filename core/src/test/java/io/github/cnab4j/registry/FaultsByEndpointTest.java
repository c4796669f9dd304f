/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault at every endpoint, once and always: what comes of it and how many requests it takes. The tables of
 * {@code docs/reference/faults.md} are the expectation, so that they are true.
 */
@Timeout(60)
class FaultsByEndpointTest {
    private static final Path TABLES = Path.of("..", "docs", "reference", "faults.md");
    private static final Gate NEVER = new Gate();
    private static final Map<String, Fault> FAULTS = faults();
    private static final SelfSigned CERTIFICATE = certificate();

    private static SelfSigned certificate() {
        try {
            return SelfSigned.create();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (int status : new int[] {400, 401, 403, 404, 405, 408, 413, 416, 425, 429, 500, 501, 502, 503, 504}) {
            faults.put(Integer.toString(status), Fault.status(status));
        }
        faults.put("403, rate limit", Fault.status(403, ErrorCode.DENIED, "You have exceeded a rate limit"));
        faults.put("429 for 30 s", Fault.tooManyRequests("30"));
        faults.put("429 for an hour", Fault.tooManyRequests("3600"));
        faults.put("expired token", Fault.expiredToken());
        faults.put("reset before", Fault.resetBefore());
        faults.put("close before", Fault.closeBefore());
        faults.put("answer lost", Fault.loseResponse());
        faults.put("reset in request", Fault.resetAfterRequestBytes(100));
        faults.put("reset in answer", Fault.resetAfter(10));
        faults.put("truncated", Fault.truncate(10));
        faults.put("bit flipped", Fault.flipBit(5));
        faults.put("length too large", Fault.wrongLength(7));
        faults.put("length too small", Fault.wrongLength(-7));
        faults.put("length missing", Fault.withoutHeader("Content-Length"));
        faults.put("digest wrong", Fault.wrongDigest());
        faults.put("digest missing", Fault.withoutHeader("Docker-Content-Digest"));
        faults.put("type wrong", Fault.withHeader("Content-Type", "text/html"));
        faults.put("location missing", Fault.withoutHeader("Location"));
        faults.put("another body", Fault.withBody("<html>captive portal</html>".getBytes(StandardCharsets.UTF_8)));
        faults.put("202 instead", Fault.withStatus(202));
        faults.put(
                "redirect to itself",
                Fault.custom((request, next) -> Response.of(307).with("Location", request.target())));
        faults.put("redirect nowhere", Fault.redirect(307, "http://127.0.0.1:1/"));
        faults.put("no HTTP", Fault.raw("SSH-2.0-server\r\n"));
        faults.put("upload lost", Fault.loseUpload());
        faults.put("dripping", Fault.drip(64, Duration.ofMillis(1)));
        faults.put("slow", Fault.delay(Duration.ofMillis(20)));
        faults.put("silence", Fault.hold(NEVER));
        faults.put("silence in answer", Fault.holdAfter(NEVER, 10));
        return faults;
    }

    /** What comes of one fault at one endpoint, in the words of the tables. */
    private static String outcome(Fault fault, FaultedEndpoint endpoint, Occurrence occurrence) {
        Account account = Account.of("ann", "secret");
        boolean tokens = endpoint == FaultedEndpoint.TOKEN || fault.equals(FAULTS.get("expired token"));
        Access access = tokens ? Access.tokens(account) : Access.anonymous();
        TestRegistry.Builder builder = TestRegistry.builder().access(access);
        if (endpoint == FaultedEndpoint.PING) {
            builder.tls(CERTIFICATE.serverContext());
        }
        try (TestRegistry registry = builder.start()) {
            FaultedEndpoint.fill(registry);
            endpoint.prepare(registry, tokens);
            InjectedFault injected = registry.inject(endpoint.pattern(), occurrence, fault);
            RegistryClient.Builder client = RegistryClient.builder()
                    .time(new FakeClock(), () -> 1)
                    .idleTimeout(Duration.ofMillis(
                            fault instanceof Fault.Hold || fault instanceof Fault.HoldResponse ? 300 : 10_000))
                    .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", "secret")));
            String word = result(endpoint, endpoint.store(client, registry), registry);
            assertThat(injected.strikes()).isPositive();
            return word + " " + endpoint.seen(registry);
        }
    }

    private static String result(FaultedEndpoint endpoint, RegistryStore store, TestRegistry registry) {
        try {
            String word = endpoint.work(store);
            assertThat(endpoint.done(registry)).isTrue();
            return word;
        } catch (CnabException failed) {
            assertThat(failed).hasMessageContaining("127.0.0.1");
            return failed.code().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Stream<Arguments> cells() throws IOException {
        List<Arguments> cells = new ArrayList<>();
        String when = "";
        for (String line : Files.readAllLines(TABLES)) {
            when = line.startsWith("## ") ? line.substring(3) : when;
            List<String> columns =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (line.startsWith("| ") && FAULTS.containsKey(columns.get(1))) {
                for (FaultedEndpoint endpoint : FaultedEndpoint.values()) {
                    cells.add(Arguments.of(when, columns.get(1), endpoint, columns.get(2 + endpoint.ordinal())));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{1} at {2}, {0}: {3}")
    @MethodSource("cells")
    void faultAtEndpoint_comesToWhatTheTableSays(String when, String fault, FaultedEndpoint endpoint, String expected) {
        Occurrence occurrence = when.equals("Once") ? Occurrence.nth(1) : Occurrence.always();

        assertThat(outcome(FAULTS.get(fault), endpoint, occurrence)).isEqualTo(expected);
    }

    @Test
    void tables_haveEveryFaultAtEveryEndpoint() throws IOException {
        assertThat(cells()).hasSize(2 * FAULTS.size() * FaultedEndpoint.values().length);
    }

    /** Writes what comes of all of it into a file, for a look at what a change changes: {@code -Dfaults.write=FILE}. */
    @Test
    @Timeout(600)
    void tables_canBeWritten() throws IOException {
        String file = System.getProperty("faults.write");
        assumeTrue(file != null);
        StringBuilder out = new StringBuilder();
        for (String when : List.of("Once", "Always")) {
            out.append("## ").append(when).append('\n');
            FAULTS.forEach((name, fault) -> {
                out.append("| ").append(name).append(" |");
                for (FaultedEndpoint endpoint : FaultedEndpoint.values()) {
                    String cell;
                    try {
                        cell = outcome(fault, endpoint, when.equals("Once") ? Occurrence.nth(1) : Occurrence.always());
                    } catch (AssertionError | RuntimeException e) {
                        cell = "!! " + e.toString().replace('\n', ' ').replace('|', '/');
                    }
                    out.append(' ').append(cell).append(" |");
                }
                out.append('\n');
            });
        }
        Files.writeString(Path.of(file), out);
    }
}
