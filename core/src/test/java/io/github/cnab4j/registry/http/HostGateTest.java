/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.WaitClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who goes when, while a host is not to be asked. */
@Timeout(60)
class HostGateTest {
    private static final CallScope SCOPE = CallScope.unbounded();

    private final FakeClock clock = new FakeClock();
    private final long start = clock.getAsLong();
    private final HostGate gate = new HostGate(clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private Duration now() {
        return Duration.ofNanos(clock.getAsLong() - start);
    }

    @Test
    void openGate_letsEverybodyGo() {
        for (int i = 0; i < 100; i++) {
            gate.enter(SCOPE, gate.turn());
        }

        assertThat(clock.waits()).isEmpty();
    }

    @Test
    void pause_holdsBackWhoeverComes() {
        gate.pause(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(3));

        gate.enter(SCOPE, gate.turn());

        assertThat(now()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shorterPause_doesNotEndALongerOne() {
        gate.pause(Duration.ofSeconds(10));
        gate.pause(Duration.ofSeconds(1));

        gate.enter(SCOPE, gate.turn());

        assertThat(now()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void answer_opensTheGate_ifNobodyWaits() {
        gate.pause(Duration.ofSeconds(10));
        gate.answered(gate.enter(SCOPE, gate.turn()));

        for (int i = 0; i < 100; i++) {
            gate.enter(SCOPE, gate.turn());
        }

        assertThat(now()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void answerToARequestFromBeforeThePause_saysNothing() {
        int before = gate.enter(SCOPE, gate.turn());
        gate.refused(gate.enter(SCOPE, gate.turn()), true);
        gate.pause(Duration.ofSeconds(10));

        gate.answered(before);
        gate.enter(SCOPE, gate.turn());

        assertThat(now()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void refusalsAtOnce_areOneRound_andAnAnswerEndsTheRow() {
        int first = gate.enter(SCOPE, gate.turn());
        int second = gate.enter(SCOPE, gate.turn());
        assertThat(gate.refused(first, true)).isEqualTo(1);
        assertThat(gate.refused(second, true)).isEqualTo(1);
        gate.pause(Duration.ofSeconds(1));

        assertThat(gate.refused(gate.enter(SCOPE, gate.turn()), true)).isEqualTo(2);
        gate.pause(Duration.ofSeconds(1));
        gate.answered(gate.enter(SCOPE, gate.turn()));
        assertThat(gate.refused(gate.enter(SCOPE, gate.turn()), true)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 8", "false, 2"})
    void hostThatOnlyRefuses_isGivenUp_untilItAnswers(boolean reached, int rounds) {
        for (int i = 1; i <= rounds; i++) {
            assertThat(gate.refused(gate.enter(SCOPE, gate.turn()), reached)).isEqualTo(i);
            gate.pause(Duration.ofSeconds(1));
        }
        int last = gate.enter(SCOPE, gate.turn());
        assertThat(gate.refused(last, reached)).isZero();
        assertThat(gate.refused(last, reached)).isZero();
        int waited = clock.waits().size();

        gate.answered(gate.enter(SCOPE, gate.turn()));

        assertThat(clock.waits()).hasSize(waited);
        assertThat(gate.refused(gate.enter(SCOPE, gate.turn()), reached)).isEqualTo(1);
    }

    @Test
    void eachAnswer_letsTwoMoreGo() throws Exception {
        // The pause is over for a clock that stands still, and nothing but answers lets anybody go.
        Standing standing = new Standing();
        HostGate crowded = new HostGate(standing);
        BlockingQueue<Integer> gone = new LinkedBlockingQueue<>();
        crowded.pause(Duration.ZERO);
        for (int i = 0; i < 12; i++) {
            threads.execute(() -> gone.add(crowded.enter(SCOPE, crowded.turn())));
        }

        assertThat(standing.arrived.tryAcquire(11, 20, TimeUnit.SECONDS)).isTrue();
        List<Integer> inFlight = take(gone, 1);
        for (int size : new int[] {2, 4}) {
            inFlight.forEach(crowded::answered);
            inFlight = take(gone, size);
        }
        inFlight.forEach(crowded::answered);
        take(gone, 5);
    }

    @Test
    void whoeverCameFirst_goesFirst() throws Exception {
        Standing standing = new Standing();
        HostGate crowded = new HostGate(standing);
        BlockingQueue<Integer> gone = new LinkedBlockingQueue<>();
        crowded.pause(Duration.ZERO);
        int first = crowded.enter(SCOPE, 0);
        for (int turn = 4; turn > 0; turn--) {
            int mine = turn;
            threads.execute(() -> {
                crowded.enter(SCOPE, mine);
                gone.add(mine);
            });
            assertThat(standing.arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }

        crowded.answered(first);

        assertThat(take(gone, 2)).containsExactlyInAnyOrder(1, 2);
        crowded.answered(first);
        assertThat(take(gone, 2)).containsExactlyInAnyOrder(3, 4);
    }

    @Test
    void hostThatSaidSomething_wasHeard() {
        gate.refused(gate.enter(SCOPE, gate.turn()), false);
        assertThat(gate.heardOnce()).isFalse();

        gate.heard();
        assertThat(gate.heardOnce()).isTrue();
    }

    /** So many and, as far as can be seen, no more. */
    private static List<Integer> take(BlockingQueue<Integer> gone, int count) throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(gone.take());
        }
        assertThat(gone.poll(50, TimeUnit.MILLISECONDS)).isNull();
        return taken;
    }

    @Test
    void cancelled_endsTheWaitAtOnce() {
        HostGate closed = new HostGate(new Standing());
        closed.pause(Duration.ofDays(1));
        Cancellation cancellation = new Cancellation();
        Future<?> waiting = threads.submit(() -> closed.enter(cancellation, closed.turn()));
        Future<?> resting = threads.submit(() -> closed.rest(cancellation, Duration.ofDays(1)));

        cancellation.cancel();

        for (Future<?> wait : List.of(waiting, resting)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> wait.get(20, TimeUnit.SECONDS))
                    .withCauseInstanceOf(CancelledException.class);
        }
    }

    @Test
    void interrupted_endsTheWaitToo() {
        HostGate closed = new HostGate(new Standing());
        closed.pause(Duration.ofDays(1));
        Future<Boolean> interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> closed.enter(SCOPE, closed.turn()));
            return Thread.currentThread().isInterrupted();
        });

        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }

    /** Time that does not pass: only a signal ends a wait. */
    private static final class Standing implements WaitClock {
        private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
        /** One permit for each thread that has come to wait. */
        private final Semaphore arrived = new Semaphore(0);

        @Override
        public long getAsLong() {
            return 0;
        }

        @Override
        public void await(Condition condition, long nanos) throws InterruptedException {
            if (waiting.add(Thread.currentThread())) {
                arrived.release();
            }
            condition.await();
        }
    }
}
