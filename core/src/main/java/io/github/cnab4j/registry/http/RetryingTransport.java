/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.registry.http.RetryPolicy.Verdict;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.RetryBudget;
import io.github.cnab4j.store.WaitClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests again that a host had no time for or that never reached it, and keeps others from it meanwhile. What repeats
 * cost is taken from the {@link RetryBudget} of the scope; when it is used up, the last answer stands. Whoever is in charge of the
 * number of requests in flight is told by {@link CallScope#slowDown}.
 */
public final class RetryingTransport implements HttpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingTransport.class);
    private static final Duration NOTEWORTHY = Duration.ofSeconds(5);

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
        if (budget.isNone()) {
            return next.execute(scope, call);
        }
        HostGate gate = gates.computeIfAbsent(call.url().origin(), origin -> new HostGate(clock));
        long turn = gate.turn();
        while (true) {
            int pass = gate.enter(scope, turn);
            Verdict verdict;
            Duration pause;
            try {
                HttpReply reply = next.execute(scope, call);
                verdict = policy.verdict(call, reply);
                if (verdict == Verdict.ANSWERED) {
                    gate.answered(pass);
                    return reply;
                }
                int repeat = repeat(budget, gate, pass, verdict, true);
                if (repeat == 0) {
                    return reply;
                }
                LOG.debug("{}: {}, repeat {}", call, reply.status(), repeat);
                pause = policy.pause(repeat, RetryAfter.of(reply.headers()));
                reply.close();
            } catch (IOException failed) {
                verdict = policy.verdict(failed);
                int repeat = repeat(budget, gate, pass, verdict, false);
                if (repeat == 0) {
                    throw failed;
                }
                LOG.debug("{}: no connection, repeat {}", call, repeat);
                pause = policy.pause(repeat, Optional.empty());
            }
            holdBack(scope, gate, verdict, pause);
        }
    }

    /** Which repeat it would be, of the operation or, where all have to wait, of everything sent to the host; 0 for none. */
    private static int repeat(RetryBudget budget, HostGate gate, int pass, Verdict verdict, boolean reached) {
        if (verdict == Verdict.HOPELESS) {
            return 0;
        }
        if (verdict != Verdict.PAUSE) {
            return budget.take();
        }
        int round = gate.refused(pass, reached);
        return round == 0 || budget.take() == 0 ? 0 : round;
    }

    /** Holds all requests to the host back, or has only this one wait. */
    private void holdBack(CallScope scope, HostGate gate, Verdict verdict, Duration pause) {
        switch (verdict) {
            case PAUSE -> {
                if (gate.pause(pause) && pause.compareTo(NOTEWORTHY) >= 0) {
                    LOG.info("{} is busy; the next request goes in {} s", host, pause.toSeconds());
                }
                scope.slowDown(host, pause);
            }
            case SLOWER -> {
                scope.slowDown(host, Duration.ZERO);
                gate.rest(scope, pause);
            }
            default -> gate.rest(scope, pause);
        }
    }

    @Override
    public void close() {
        next.close();
    }
}
