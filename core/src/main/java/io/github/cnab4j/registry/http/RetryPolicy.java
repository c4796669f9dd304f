/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLException;

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

    private static final int FORBIDDEN = 403;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    /** Statuses of servers that gave up waiting for another, and of proxies in front of them; nobody knows how far the request came. */
    private static final Set<Integer> PASSING = Set.of(408, 499, 502, 504, 520, 521, 522, 523, 524);

    /** How often a request may be sent again. */
    enum Repeats {
        /** Never: nothing would change, or something would happen twice. */
        NONE,
        /** Once: it takes too long to find out. */
        ONCE,
        /** Twice: what fails then, fails for a reason. */
        TWICE,
        /** As long as its operation has repeats. */
        ALL
    }

    /** What an attempt says about the host. */
    enum Host {
        /** It answers. */
        WELL,
        /** Nothing that others should know. */
        UNKNOWN,
        /** It may have too much to do, if others hear the same. */
        TROUBLED,
        /** Nobody is to ask it for a while. */
        BUSY
    }

    /**
     * What an attempt says about the next one.
     *
     * @param repeats how often there may be one
     * @param host what it says about the host
     */
    record Verdict(Repeats repeats, Host host) {
        /** There is an answer, good or bad, and it stands. */
        static final Verdict ANSWERED = new Verdict(Repeats.NONE, Host.WELL);
        /** No repeat would change it. */
        static final Verdict HOPELESS = new Verdict(Repeats.NONE, Host.UNKNOWN);
    }

    /** Waits from a quarter of a second to half a minute; a host may ask for up to a minute. */
    static RetryPolicy standard(DoubleSupplier random) {
        return new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofMinutes(1), random);
    }

    /**
     * What an answer means. A registry that says 425, 429 or 503 has done nothing, so that any request may follow it again.
     *
     * @param words what a refusal says
     */
    Verdict verdict(HttpCall call, HttpReply reply, RegistryWords words) {
        return switch (reply.status()) {
            case TOO_MANY_REQUESTS -> again(reply, Repeats.ALL, Host.BUSY);
            // Some registries limit rates with a status that means something else.
            case FORBIDDEN -> words.mention("rate limit") ? again(reply, Repeats.ALL, Host.BUSY) : Verdict.ANSWERED;
            case UNAVAILABLE ->
                again(reply, Repeats.ALL, RetryAfter.of(reply.headers()).isPresent() ? Host.BUSY : Host.TROUBLED);
            case TOO_EARLY -> again(reply, Repeats.ALL, Host.UNKNOWN);
            // Also what some registries say to what they never take.
            case FAILED -> call.repeatable() ? again(reply, Repeats.TWICE, Host.UNKNOWN) : Verdict.ANSWERED;
            default ->
                call.repeatable() && PASSING.contains(reply.status())
                        ? again(reply, Repeats.ALL, Host.UNKNOWN)
                        : Verdict.ANSWERED;
        };
    }

    private Verdict again(HttpReply reply, Repeats repeats, Host host) {
        boolean tooLong = RetryAfter.of(reply.headers())
                .filter(wait -> wait.compareTo(longestAsked) > 0)
                .isPresent();
        return tooLong ? Verdict.HOPELESS : new Verdict(repeats, host);
    }

    /**
     * What a failure means: without a connection nothing was sent; after that nobody knows.
     *
     * @param reached whether the host was ever reached
     */
    Verdict verdict(HttpCall call, IOException failed, boolean reached) {
        if (failed instanceof ProxyException proxy) {
            // Nothing has come to the host.
            return proxy.passing() ? new Verdict(Repeats.TWICE, Host.TROUBLED) : Verdict.HOPELESS;
        }
        if (failed instanceof UnknownHostException) {
            // A name that was known a moment ago is one that cannot be looked up at the moment.
            return reached ? new Verdict(Repeats.ALL, Host.BUSY) : Verdict.HOPELESS;
        }
        if (unsent(failed)) {
            return new Verdict(Repeats.ALL, Host.BUSY);
        }
        if (failed instanceof SocketTimeoutException) {
            // The longest wait of all: a host that never said a word is more likely absent than slow.
            Repeats repeats = reached ? Repeats.TWICE : Repeats.ONCE;
            return new Verdict(call.repeatable() ? repeats : Repeats.NONE, Host.TROUBLED);
        }
        if (!broken(failed)) {
            return Verdict.HOPELESS;
        }
        // Where nobody ever answered, something else may be listening: TLS, or no registry at all.
        Repeats repeats = reached ? Repeats.ALL : Repeats.TWICE;
        return new Verdict(call.repeatable() ? repeats : Repeats.NONE, Host.TROUBLED);
    }

    private static boolean unsent(IOException failed) {
        return failed instanceof ConnectException
                || (failed instanceof HostTimeoutException timeout && timeout.connecting())
                || failed instanceof NoRouteToHostException;
    }

    /** Whether the connection was lost, not refused, misunderstood or given up on this side. */
    private static boolean broken(IOException failed) {
        if (failed instanceof SSLException) {
            return failed.getCause() instanceof SocketException || failed.getCause() instanceof EOFException;
        }
        return !(failed instanceof ProtocolException
                || failed instanceof InterruptedIOException
                || failed instanceof ClosedClientException);
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
}
