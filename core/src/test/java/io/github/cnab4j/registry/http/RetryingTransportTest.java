/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again, and when. Chance always picks the longest wait. */
class RetryingTransportTest {
    private static final Origin REGISTRY = new Origin("https", "registry.example", 443);
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final int REPEATS = 8;

    private final FakeClock clock = new FakeClock();
    private final ScriptedTransport registry = new ScriptedTransport(clock);
    private final RetryingTransport transport = new RetryingTransport(registry, "the-registry", clock, () -> 1);
    private final Signals scope = new Signals();

    /** A scope that keeps what it is told. */
    private static final class Signals implements CallScope {
        private final List<String> told = new ArrayList<>();

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public Registration onCancel(Runnable abort) {
            return () -> {};
        }

        @Override
        public void slowDown(String host, Duration pause) {
            told.add(host + " " + pause.toMillis());
        }
    }

    private static HttpCall call(String method) {
        return HttpCall.of(method, HttpUrl.of(REGISTRY, "/v2/app/tags/list"));
    }

    private int status(CallScope within, HttpCall call) throws IOException {
        try (HttpReply reply = transport.execute(within, call)) {
            return reply.status();
        }
    }

    private int status(String method) throws IOException {
        return status(scope, call(method));
    }

    private Duration timeOfLast() {
        return registry.times().get(registry.times().size() - 1);
    }

    @Test
    void tooManyRequests_isSentAgain_afterTheSecondsAskedFor() throws IOException {
        registry.then(429, "Retry-After", "7");

        assertThat(status("GET")).isEqualTo(200);

        assertThat(registry.times()).containsExactly(Duration.ZERO, Duration.ofSeconds(7));
        assertThat(registry.openReplies()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"08:49:57, 20000", "08:00:00, 250"})
    void dateAskedFor_countsFromTheDateOfTheAnswer(String time, long millis) throws IOException {
        String day = "Sun, 06 Nov 1994 ";
        registry.then(503, "Date", day + "08:49:37 GMT", "Retry-After", day + time + " GMT");

        assertThat(status("GET")).isEqualTo(200);

        assertThat(timeOfLast()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "0", "Sun, 06 Nov 1994 08:49:37 GMT", "99999999999999999999"})
    void waitThatSaysNothing_isReplacedByAnOwn(String retryAfter) throws IOException {
        registry.then(429, "Retry-After", retryAfter);

        assertThat(status("GET")).isEqualTo(200);

        assertThat(timeOfLast()).isEqualTo(FIRST);
    }

    @Test
    void dateThatHasPassed_asksForNoWait() {
        Headers headers = Headers.none()
                .with("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                .with("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT");

        assertThat(RetryAfter.of(headers)).contains(Duration.ZERO);
    }

    @Test
    void withoutWaitAskedFor_waitsDouble() throws IOException {
        registry.then(429).then(429).then(429).then(429);

        assertThat(status("GET")).isEqualTo(200);

        assertThat(registry.times()).extracting(Duration::toMillis).containsExactly(0L, 250L, 750L, 1750L, 3750L);
    }

    @Test
    void ownWait_growsToHalfAMinute() throws IOException {
        for (int i = 0; i < REPEATS; i++) {
            registry.then(429);
        }

        assertThat(status("GET")).isEqualTo(200);

        int last = registry.times().size() - 1;
        assertThat(registry.times().get(last).minus(registry.times().get(last - 1)))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void chance_shortensTheWait_butLeavesSomeOfIt() throws IOException {
        for (double chance : new double[] {0, 0.5}) {
            ScriptedTransport other = new ScriptedTransport(clock).then(429);
            new RetryingTransport(other, "the-registry", clock, () -> chance).execute(scope, call("GET"));

            assertThat(other.times().get(1)).isEqualTo(Duration.ofMillis(chance == 0 ? 50 : 125));
        }
    }

    @Test
    void hostThatAsksForMoreThanAMinute_getsItsAnswerThrough() throws IOException {
        registry.then(429, "Retry-After", "60").then(429, "Retry-After", "61");

        try (HttpReply reply = transport.execute(scope, call("GET"))) {
            assertThat(reply.status()).isEqualTo(429);
            assertThat(RetryAfter.of(reply.headers())).contains(Duration.ofSeconds(61));
        }

        assertThat(registry.times()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 500, 502, 503, 504})
    void whateverAsksForMoreThanAMinute_isNotWaitedFor(int status) throws IOException {
        registry.then(status, "Retry-After", "3600");

        assertThat(status("GET")).isEqualTo(status);

        assertThat(registry.times()).hasSize(1);
        assertThat(clock.waits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 413, 416, 501, 505, 301})
    void answerThatStands_isNotAskedForAgain(int status) throws IOException {
        registry.then(status, "Retry-After", "1");

        assertThat(status("GET")).isEqualTo(status);

        assertThat(registry.times()).hasSize(1);
        assertThat(scope.told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 499, 500, 502, 504, 520, 521, 522, 523, 524})
    void answerFromHalfway_isAskedForAgain_ifASecondTimeDoesNoHarm(int status) throws IOException {
        registry.then(status).then(200).then(status).then(200).then(status);

        assertThat(status("HEAD")).isEqualTo(200);
        assertThat(status(scope, call("PUT").asRepeatable())).isEqualTo(200);
        assertThat(status("PUT")).isEqualTo(status);

        assertThat(registry.times()).hasSize(5);
        assertThat(scope.told).isEmpty();
    }

    @Test
    void tooEarly_isAskedAgain_whateverTheRequest() throws IOException {
        registry.then(425);

        assertThat(status("PATCH")).isEqualTo(200);
    }

    /** Some registries answer so to what they never take, and then the answer is wanted soon. */
    @Test
    void registryThatFailsThreeTimes_fails() throws IOException {
        for (int i = 0; i < 20; i++) {
            registry.then(500);
        }

        assertThat(status("GET")).isEqualTo(500);

        assertThat(registry.times()).extracting(Duration::toMillis).containsExactly(0L, 250L, 750L);
    }

    @Test
    void rateLimitUnderAnotherStatus_isOne() throws IOException {
        registry.then(
                call -> registry.reply(call, 403, "You have exceeded a secondary RATE LIMIT.", "Retry-After", "7"));
        registry.then(call -> registry.reply(call, 403, "denied"));

        try (HttpReply reply = transport.execute(scope, call("POST"))) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).asString(StandardCharsets.UTF_8).isEqualTo("denied");
        }

        assertThat(timeOfLast()).isEqualTo(Duration.ofSeconds(7));
        assertThat(scope.told).containsExactly("the-registry 7000");
        assertThat(registry.openReplies()).isZero();
    }

    @Test
    void bodyIsWrittenAgain() throws IOException {
        registry.then(503).then(429);
        HttpBody body = HttpBody.ofBytes("whole".getBytes(StandardCharsets.UTF_8));

        assertThat(status(scope, call("PUT").withBody(body))).isEqualTo(200);

        assertThat(registry.bodies()).containsExactly("whole", "whole", "whole");
    }

    @Test
    void lastAnswerStands_whenTheRepeatsAreUsedUp() throws IOException {
        for (int i = 0; i < 20; i++) {
            registry.then(503);
        }

        assertThat(status("GET")).isEqualTo(503);

        assertThat(registry.times()).hasSize(1 + REPEATS);
        assertThat(registry.openReplies()).isZero();
    }

    @Test
    void requestsOfOneOperation_shareTheirRepeats() throws IOException {
        for (int i = 0; i < REPEATS - 1; i++) {
            registry.then(503);
        }
        registry.then(200).then(503).then(503);
        CallScope operation = scope.operation();

        assertThat(status(operation, call("GET"))).isEqualTo(200);
        assertThat(status(operation, call("GET"))).isEqualTo(503);

        assertThat(status(scope, call("GET"))).as("another operation").isEqualTo(200);
    }

    @Test
    void bestEffort_isOneTryWithoutWait() throws IOException {
        registry.then(429, "Retry-After", "30").then(call -> {
            assertThat(status(CallScope.bestEffort(), call("DELETE"))).isEqualTo(503);
            return registry.reply(call, 200);
        });
        registry.then(503);

        status("GET");

        assertThat(registry.times()).containsExactly(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** The answer to a request can depend on another one to the same host, so the wait for it has an end. */
    @Test
    void othersWaitForTheFirstAnswerAfterAPause_butNotForEver_andNotAtAnotherHost() throws IOException {
        HttpCall elsewhere = HttpCall.of("GET", HttpUrl.of(new Origin("https", "cdn.example", 443), "/"));
        registry.then(429, "Retry-After", "30").then(call -> {
            status(scope, elsewhere);
            status("GET");
            return registry.reply(call, 200);
        });

        status("GET");
        status("GET");

        assertThat(registry.times())
                .extracting(Duration::toSeconds)
                .as("refused, again, elsewhere, the other, afterwards")
                .containsExactly(0L, 30L, 30L, 31L, 31L);
    }

    @ParameterizedTest
    @CsvSource({"429, , the-registry 250", "429, 3, the-registry 3000", "503, 3, the-registry 3000"})
    void whoeverIsInCharge_isToldByTheNameOfTheRegistry(int status, String retryAfter, String told) throws IOException {
        registry.then(status, "Retry-After", retryAfter == null ? "" : retryAfter);

        status("GET");

        assertThat(scope.told).containsExactly(told);
    }

    @Test
    void refusedConnection_isTriedTwiceMore_whereNobodyEverAnswered() {
        for (int i = 0; i < 20; i++) {
            registry.then(call -> {
                throw new ConnectException("refused");
            });
        }

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> status("POST"));

        assertThat(registry.times()).extracting(Duration::toMillis).containsExactly(0L, 250L, 750L);
    }

    @Test
    void missingConnection_isTriedAgain_whereSomebodyAnswered() throws IOException {
        status("GET");
        failing(3, new ConnectException("refused"));
        failing(1, new NoRouteToHostException("gone"));
        failing(1, HostTimeoutException.connecting(Duration.ofSeconds(10), new IOException()));

        assertThat(status("POST")).isEqualTo(200);

        assertThat(registry.times()).hasSize(7);
        assertThat(scope.told).hasSize(5).first().isEqualTo("the-registry 250");
    }

    @Test
    void hostThatIsGone_isTriedForAQuarterOfAMinute() throws IOException {
        status("GET");
        failing(20, new ConnectException("refused"));

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> status("GET"));

        assertThat(timeOfLast()).isEqualTo(Duration.ofMillis(15_750));
    }

    @Test
    void nameThatCannotBeLookedUp_isTriedAgain_onlyWhereItWasKnown() throws IOException {
        failing(1, new UnknownHostException("registry.example"));
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> status("GET"));
        assertThat(registry.times()).hasSize(1);
        status("GET");
        failing(3, new UnknownHostException("registry.example"));

        assertThat(status("POST")).isEqualTo(200);

        assertThat(registry.times()).hasSize(6);
    }

    static List<IOException> losses() {
        SSLException cut = new SSLException("closed", new SocketException("reset"));
        SSLException ended = new SSLHandshakeException("closed");
        ended.initCause(new EOFException());
        return List.of(
                new SocketException("reset"),
                silence(),
                new ConnectionClosedException(),
                new NoHttpResponseException("closed"),
                cut,
                ended);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void brokenConnection_isTriedAgain_ifASecondTimeDoesNoHarm(IOException loss) throws IOException {
        status("GET");
        failing(2, loss);

        assertThat(status("GET")).isEqualTo(200);
        assertThat(registry.times()).extracting(Duration::toMillis).containsExactly(0L, 0L, 250L, 750L);

        failing(1, loss);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> status("POST"));
        assertThat(registry.times()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"false, 3", "true, 9"})
    void connectionThatAlwaysBreaks_isGivenUpSoon_whereNobodyEverAnswered(boolean answered, int tries)
            throws IOException {
        if (answered) {
            status("GET");
        }
        int before = registry.times().size();
        failing(20, new SocketException("reset"));

        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> status("GET"));

        assertThat(registry.times()).hasSize(before + tries);
    }

    private static IOException silence() {
        return HostTimeoutException.silent(Duration.ofSeconds(60), new IOException());
    }

    /** The wait for an answer is the longest of all. */
    @ParameterizedTest
    @CsvSource({"false, 2", "true, 3"})
    void silence_isWaitedForTwice_orThriceWhereSomebodyAnsweredBefore(boolean answered, int tries) throws IOException {
        if (answered) {
            status("GET");
        }
        int before = registry.times().size();
        failing(20, silence());

        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> status("GET"));

        assertThat(registry.times()).hasSize(before + tries);
    }

    /** A bad word is a word, and so is an answer that breaks off: the host is there. */
    @ParameterizedTest
    @CsvSource({"502,4", "503,4", "200,3"})
    void silence_afterWhateverWord_isThatOfAHostThatIsThere(int status, int requests) throws IOException {
        registry.then(
                call -> status == 200 ? registry.reply(call, 200, brokenAfter("who")) : registry.reply(call, status));
        failing(20, silence());

        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> status(scope, call("GET").withReadAhead(10)));

        // Silence is waited for three times; the answer that broke off has taken one of its two repeats.
        assertThat(registry.times()).hasSize(requests);
    }

    static List<IOException> nothingToHopeFor() {
        return List.of(
                new ProtocolException("not HTTP"),
                new RefusedHopException("to an internal address"),
                new SSLException("certificate", new CertificateException()),
                new ClosedClientException(new IllegalStateException()));
    }

    @ParameterizedTest
    @MethodSource("nothingToHopeFor")
    void failureThatWouldComeAgain_isNotTriedAgain(IOException failure) {
        failing(1, failure);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> status("GET"));

        assertThat(registry.times()).hasSize(1);
        assertThat(scope.told).isEmpty();
    }

    @Test
    void bodyThatBreaksOff_isAskedForAgain_ifItIsReadAhead() throws IOException {
        registry.then(call -> registry.reply(call, 200, brokenAfter("who")));
        registry.then(call -> registry.reply(call, 200, "whole"));
        registry.then(call -> registry.reply(call, 200, brokenAfter("part")));

        try (HttpReply reply = transport.execute(scope, call("GET").withReadAhead(10))) {
            assertThat(reply.body()).asString(StandardCharsets.UTF_8).isEqualTo("whole");
        }
        try (HttpReply reply = transport.execute(scope, call("GET"))) {
            assertThat(reply.body().readNBytes(4))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("part");
        }

        assertThat(registry.times()).hasSize(3);
        assertThat(registry.openReplies()).isZero();
    }

    @Test
    void longerBodyThanIsReadAhead_isStreamed() throws IOException {
        registry.then(call -> registry.reply(call, 200, brokenAfter("0123456789a")));

        try (HttpReply reply = transport.execute(scope, call("GET").withReadAhead(10))) {
            assertThat(reply.body().readNBytes(11))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("0123456789a");
        }
    }

    private static InputStream brokenAfter(String beginning) {
        return new SequenceInputStream(
                new ByteArrayInputStream(beginning.getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new ConnectionClosedException();
                    }
                });
    }

    private void failing(int times, IOException failure) {
        for (int i = 0; i < times; i++) {
            registry.then(call -> {
                throw failure;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16})
    void troublesThatAreFewAndFarBetween_sayNothingOfTheHost(int answersBetween) throws IOException {
        for (int i = 0; i < 3; i++) {
            registry.then(503);
            status("GET");
            failing(1, new SocketException("reset"));
            status("GET");
            for (int j = 1; j < answersBetween; j++) {
                status("GET");
            }
        }

        assertThat(scope.told).hasSize(answersBetween < 16 ? 5 : 3);
        assertThat(scope.told).containsOnly("the-registry 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429})
    void cancelledWait_endsAtOnce(int status) {
        Cancellation cancellation = new Cancellation();
        registry.then(call -> {
            cancellation.cancel();
            return registry.reply(call, status);
        });

        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> status(cancellation, call("GET")));

        assertThat(registry.times()).hasSize(1);
        assertThat(clock.waits()).isEmpty();
        assertThat(registry.openReplies()).isZero();
    }
}
