/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.registry.http.RetryPolicy.Host;
import io.github.cnab4j.registry.http.RetryPolicy.Repeats;
import io.github.cnab4j.registry.http.RetryPolicy.Verdict;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.RetryBudget;
import io.github.cnab4j.store.WaitClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests again that a host had no time for, that never reached it, or whose answer was lost where a second time does no
 * harm, and keeps others from a busy host meanwhile. What repeats cost is taken from the {@link RetryBudget} of the scope; when it is used up, the last answer stands. Whoever is in charge of the
 * number of requests in flight is told by {@link CallScope#slowDown}.
 */
public final class RetryingTransport implements HttpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingTransport.class);
    private static final Duration NOTEWORTHY = Duration.ofSeconds(5);
    private static final int REDIRECT = 300;
    private static final int FORBIDDEN = 403;

    private final HttpTransport next;
    private final String host;
    private final RetryPolicy policy;
    private final WaitClock clock;
    private final Map<Origin, HostGate> gates = new ConcurrentHashMap<>();

    /**
     * Decorates another transport.
     *
     * @param host the registry as users name it: what is told to slow down when it, its token service or its storage is busy
     * @param clock measures the waits
     * @param random numbers from 0 to 1, which spread the waits
     */
    public RetryingTransport(HttpTransport next, String host, WaitClock clock, DoubleSupplier random) {
        this.next = next;
        this.host = host;
        this.policy = RetryPolicy.standard(random);
        this.clock = clock;
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        RetryBudget budget = scope.retryBudget();
        return budget.isNone() ? next.execute(scope, call) : new Exchange(scope, call, budget).run();
    }

    @Override
    public void close() {
        next.close();
    }

    /** One request and its repeats. */
    private final class Exchange {
        private static final int TWICE = 2;

        private final CallScope scope;
        private final HttpCall call;
        private final RetryBudget budget;
        private final HostGate gate;
        private int repeatsOfFew;

        Exchange(CallScope scope, HttpCall call, RetryBudget budget) {
            this.scope = scope;
            this.call = call;
            this.budget = budget;
            this.gate = gates.computeIfAbsent(call.url().origin(), origin -> new HostGate(clock));
        }

        HttpReply run() throws IOException {
            long turn = gate.turn();
            while (true) {
                int pass = gate.enter(scope, turn);
                Verdict verdict;
                Duration pause;
                try {
                    Answer answer = answer();
                    HttpReply reply = answer.reply();
                    verdict = policy.verdict(call, reply, answer.words());
                    int repeat = repeat(pass, verdict, true);
                    if (repeat == 0) {
                        return reply;
                    }
                    LOG.debug("{}: {}, repeat {}", call, reply.status(), repeat);
                    pause = policy.pause(repeat, RetryAfter.of(reply.headers()));
                    reply.close();
                } catch (IOException failed) {
                    // Half an answer is no silence, but may as well be that of something that is no registry.
                    boolean reached = failed instanceof SocketTimeoutException ? gate.heardOnce() : gate.reachedOnce();
                    verdict = policy.verdict(call, failed, reached);
                    int repeat = repeat(pass, verdict, false);
                    if (repeat == 0) {
                        throw failed;
                    }
                    LOG.debug("{}: {}, repeat {}", call, failed.getClass().getSimpleName(), repeat);
                    pause = policy.pause(repeat, Optional.empty());
                }
                holdBack(verdict, pause);
            }
        }

        /** An answer, as much of it as is to be read before it counts. */
        private Answer answer() throws IOException {
            HttpReply reply = next.execute(scope, call);
            gate.heard();
            if (reply.status() == FORBIDDEN) {
                byte[] beginning = BoundedBody.beginning(reply.body(), RegistryWords.LARGEST_BODY);
                return new Answer(reply.withBody(new ByteArrayInputStream(beginning)), RegistryWords.read(beginning));
            }
            if (call.readAhead() == 0 || reply.status() >= REDIRECT) {
                return new Answer(reply, RegistryWords.NONE);
            }
            try {
                return new Answer(reply.readAhead(call.readAhead()), RegistryWords.NONE);
            } catch (IOException broken) {
                reply.close();
                throw broken;
            }
        }

        /** Which repeat it would be, of the operation or, where all have to wait, of everything sent to the host; 0 for none. */
        private int repeat(int pass, Verdict verdict, boolean reached) {
            if (verdict.host() == Host.WELL) {
                gate.answered(pass);
                return 0;
            }
            if (verdict.host() == Host.TROUBLED && gate.troubled()) {
                scope.slowDown(host, Duration.ZERO);
            }
            if (isEnough(verdict.repeats())) {
                return 0;
            }
            int round = verdict.host() == Host.BUSY ? gate.refused(pass, reached) : 1;
            int repeat = round == 0 ? 0 : budget.take();
            return repeat == 0 || verdict.host() != Host.BUSY ? repeat : round;
        }

        private boolean isEnough(Repeats repeats) {
            return switch (repeats) {
                case NONE -> true;
                case ONCE -> ++repeatsOfFew > 1;
                case TWICE -> ++repeatsOfFew > TWICE;
                case ALL -> false;
            };
        }

        /** Holds all requests to the host back, or has only this one wait. */
        private void holdBack(Verdict verdict, Duration pause) {
            if (verdict.host() != Host.BUSY) {
                gate.rest(scope, pause);
                return;
            }
            if (gate.pause(pause) && pause.compareTo(NOTEWORTHY) >= 0) {
                LOG.info("{} is busy; the next request goes in {} s", host, pause.toSeconds());
            }
            scope.slowDown(host, pause);
        }
    }

    /** An answer and, where it takes words to know what it means, those. */
    private record Answer(HttpReply reply, RegistryWords words) {}
}
