/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * What may be sent again and when: the rules of {@link RetryingTransport}, without its state.
 *
 * @param first ceiling of the wait before the first repeat; it doubles with each
 * @param longest where it stops doubling
 * @param longestAsked the longest wait that a host may ask for; one that asks for more gets no further request
 * @param random numbers from 0 to 1
 */
record RetryPolicy(Duration first, Duration longest, Duration longestAsked, DoubleSupplier random) {
    /** Of a ceiling at least this part is waited: a host that asks for patience gets some. */
    private static final double LEAST = 0.2;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    /** Statuses after which nobody knows how far the request came. */
    private static final Set<Integer> PASSING = Set.of(408, 502, 504);

    /** What an attempt says about the next one. */
    enum Verdict {
        /** There is an answer, good or bad, and it stands. */
        ANSWERED,
        /** No repeat would change it. */
        HOPELESS,
        /** This request may be sent again. */
        AGAIN,
        /** As {@link #AGAIN}; and the host has too much to do. */
        SLOWER,
        /** As {@link #SLOWER}; and nobody is to ask it for a while. */
        PAUSE
    }

    /** Waits from a quarter of a second to half a minute; a host may ask for up to a minute. */
    static RetryPolicy standard(DoubleSupplier random) {
        return new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofMinutes(1), random);
    }

    /** What an answer means. A registry that says 429 or 503 has done nothing, so that any request may follow it again. */
    Verdict verdict(HttpCall call, HttpReply reply) {
        if (reply.status() != TOO_MANY_REQUESTS && reply.status() != UNAVAILABLE) {
            return PASSING.contains(reply.status()) && readsOnly(call) ? Verdict.AGAIN : Verdict.ANSWERED;
        }
        Optional<Duration> asked = RetryAfter.of(reply.headers());
        if (asked.filter(wait -> wait.compareTo(longestAsked) > 0).isPresent()) {
            return Verdict.HOPELESS;
        }
        return reply.status() == TOO_MANY_REQUESTS || asked.isPresent() ? Verdict.PAUSE : Verdict.SLOWER;
    }

    /** What a failure means: without a connection nothing was sent. */
    Verdict verdict(IOException failed) {
        boolean unsent = failed instanceof ConnectException || failed instanceof ConnectTimeoutException;
        return unsent ? Verdict.PAUSE : Verdict.HOPELESS;
    }

    /**
     * The wait before a repeat: as long as the host asks for, never shorter than chance has it.
     *
     * @param repeat which repeat of the operation it is, from 1
     */
    Duration pause(int repeat, Optional<Duration> asked) {
        double ceiling = Math.min((double) longest.toNanos(), first.toNanos() * Math.pow(2, repeat - 1.0));
        Duration own = Duration.ofNanos((long) (ceiling * Math.max(LEAST, random.getAsDouble())));
        return asked.filter(wait -> wait.compareTo(own) > 0).orElse(own);
    }

    private static boolean readsOnly(HttpCall call) {
        return call.method().equals("GET") || call.method().equals("HEAD");
    }
}
