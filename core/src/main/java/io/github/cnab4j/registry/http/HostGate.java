/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.WaitClock;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Holds the requests to one host back while it is not to be asked. After the pause they do not all come at once: one goes first,
 * and each good answer lets two more go, in the order in which they came; when nobody waits any more the gate stands open. Since
 * the answer to a request can depend on another that waits here (a body that is read from the same host), one more goes whenever
 * none has gone for a while. Safe for use by several threads.
 */
final class HostGate {
    private static final long STANDSTILL = Duration.ofSeconds(1).toNanos();
    private static final int PER_ANSWER = 2;
    private static final int MOST_REFUSED_ROUNDS = 8;
    /** A host that answered before may be starting anew: a quarter of a minute. */
    private static final int MOST_ROUNDS_GONE = 6;
    /** A host that was never reached is more likely absent than busy. */
    private static final int MOST_ROUNDS_UNREACHED = 2;
    /** Between troubles that are further apart than this there is no connection. */
    private static final int ANSWERS_BETWEEN = 16;

    private final WaitClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Long> waiting = new TreeSet<>();
    private final AtomicLong turns = new AtomicLong();
    private boolean open = true;
    private boolean reachedOnce;
    private boolean heardOnce;
    private long pausedUntil;
    private long lastGone;
    private int mayGo;
    /** Passes of an earlier round say nothing about this one. */
    private int round;

    private int refusedRounds;
    private int answersSinceTrouble = ANSWERS_BETWEEN;

    HostGate(WaitClock clock) {
        this.clock = clock;
    }

    /** A request's place among those that wait; it keeps it when it is sent again. */
    long turn() {
        return turns.getAndIncrement();
    }

    /**
     * Waits until a request may go.
     *
     * @return the pass with which it goes
     * @throws CancelledException if the scope is stopped meanwhile
     */
    int enter(CallScope scope, long turn) {
        lock.lock();
        try {
            if (!open) {
                waiting.add(turn);
                try {
                    await(scope, () -> untilTurn(turn));
                } finally {
                    waiting.remove(turn);
                    changed.signalAll();
                }
                mayGo = Math.max(0, mayGo - 1);
                lastGone = clock.getAsLong();
            }
            return round;
        } finally {
            lock.unlock();
        }
    }

    /** A request got an answer that was no refusal. */
    void answered(int pass) {
        lock.lock();
        try {
            reachedOnce = true;
            answersSinceTrouble = Math.min(ANSWERS_BETWEEN, answersSinceTrouble + 1);
            if (pass == round) {
                refusedRounds = 0;
                if (!open) {
                    open = waiting.isEmpty();
                    mayGo += PER_ANSWER;
                    changed.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A request was refused, or found no connection.
     *
     * @param reached whether there was an answer
     * @return how many times in a row the host was asked in vain, many refusals at once being one; 0 if it is to be given up:
     *     nobody waits then, and nobody tries more than once, until it answers
     */
    int refused(int pass, boolean reached) {
        lock.lock();
        try {
            reachedOnce |= reached;
            if (pass == round) {
                round++;
                refusedRounds++;
            }
            int unreached = reachedOnce ? MOST_ROUNDS_GONE : MOST_ROUNDS_UNREACHED;
            if (refusedRounds <= (reached ? MOST_REFUSED_ROUNDS : unreached)) {
                return refusedRounds;
            }
            open = true;
            changed.signalAll();
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A request met with something that may be chance or may be a host with too much to do.
     *
     * @return whether it is more than chance: there were few answers since the last time
     */
    boolean troubled() {
        lock.lock();
        try {
            boolean again = answersSinceTrouble < ANSWERS_BETWEEN;
            answersSinceTrouble = 0;
            return again;
        } finally {
            lock.unlock();
        }
    }

    /** The host said something, good or bad, whole or not. */
    void heard() {
        lock.lock();
        try {
            heardOnce = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the host ever gave a whole answer, or refused in a whole one. */
    boolean reachedOnce() {
        lock.lock();
        try {
            return reachedOnce;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the host ever said anything. */
    boolean heardOnce() {
        lock.lock();
        try {
            return heardOnce;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets nobody go for a while.
     *
     * @return whether that is news: nobody was kept waiting before
     */
    boolean pause(Duration pause) {
        lock.lock();
        try {
            boolean news = open;
            long until = clock.getAsLong() + pause.toNanos();
            pausedUntil = open || until - pausedUntil > 0 ? until : pausedUntil;
            open = false;
            mayGo = 1;
            lastGone = pausedUntil;
            return news;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has one request wait, whatever the others do.
     *
     * @throws CancelledException if the scope is stopped meanwhile
     */
    void rest(CallScope scope, Duration pause) {
        lock.lock();
        try {
            long until = clock.getAsLong() + pause.toNanos();
            await(scope, () -> until - clock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** How long until it is a request's turn; what comes before it in the queue will tell. */
    private long untilTurn(long turn) {
        if (open) {
            return 0;
        }
        if (waiting.first() != turn) {
            return STANDSTILL;
        }
        long now = clock.getAsLong();
        long pause = pausedUntil - now;
        return pause > 0 || mayGo > 0 ? pause : lastGone + STANDSTILL - now;
    }

    private void await(CallScope scope, LongSupplier left) {
        CallScope.Registration registration = scope.onCancel(this::wake);
        try {
            for (long nanos = left.getAsLong(); nanos > 0; nanos = left.getAsLong()) {
                scope.throwIfCancelled();
                clock.await(changed, nanos);
            }
            scope.throwIfCancelled();
        } catch (InterruptedException wish) {
            Thread.currentThread().interrupt();
            throw new CancelledException("interrupted while a host was not to be asked");
        } finally {
            registration.close();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
