/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.transfer.RecordingStore.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session does when a store says that its host has too much to do. */
@Timeout(60)
class SlowDownTest extends CopyFixture {
    private final FakeClock clock = new FakeClock();

    private Session session(int width, CallScope scope) {
        return new Session(CopyOptions.defaults().withParallelism(width), scope, clock, events::add);
    }

    private List<Descriptor> images(int count) {
        List<Descriptor> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(graphs.image(graphs.blob("config " + i), graphs.blob("layer " + i)));
        }
        return images;
    }

    @Test
    void pausedHost_getsNothingNew_andTheCopyGoesOnAfterwards() {
        AtomicBoolean first = new AtomicBoolean(true);
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        target.hook((scope, call) -> {
            times.add(clock.getAsLong());
            if (first.getAndSet(false)) {
                scope.slowDown("to.example", Duration.ofHours(1));
            }
        });
        long start = clock.getAsLong();

        try (Session session = session(1, CallScope.unbounded())) {
            images(3).forEach(image -> session.add(root(image)));
            session.await();
        }

        assertThat(times.poll()).isEqualTo(start);
        assertThat(times)
                .isNotEmpty()
                .allMatch(time -> time - start >= Duration.ofHours(1).toNanos());
    }

    @Test
    void signal_narrowsTheWidth() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger mostAfterwards = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(8);
        target.hook((scope, call) -> {
            int now = inFlight.incrementAndGet();
            try {
                if (asked.incrementAndGet() <= 8) {
                    full.countDown();
                    awaitLatch(full);
                    scope.slowDown("to.example", Duration.ZERO);
                } else {
                    mostAfterwards.accumulateAndGet(now, Math::max);
                }
            } finally {
                inFlight.decrementAndGet();
            }
        });

        try (Session session = session(8, CallScope.unbounded())) {
            images(12).forEach(image -> session.add(root(image)));
            session.await();
        }

        // Half of eight; it grows again, but not to where it was refused before 8 rounds have passed.
        assertThat(mostAfterwards).hasValueBetween(1, 7);
    }

    @Test
    void signalOfPutManifests_narrowsHowManyArePut() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger mostAfterwards = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(8);
        target.hook((scope, call) -> {
            if (call.operation() != Operation.PUSH || !call.descriptor().key().manifest()) {
                return;
            }
            int now = inFlight.incrementAndGet();
            try {
                if (asked.incrementAndGet() <= 8) {
                    full.countDown();
                    awaitLatch(full);
                    scope.slowDown("to.example", Duration.ZERO);
                } else {
                    mostAfterwards.accumulateAndGet(now, Math::max);
                }
            } finally {
                inFlight.decrementAndGet();
            }
        });

        try (Session session = session(8, CallScope.unbounded())) {
            images(20).forEach(image -> session.add(root(image)));
            session.await();
        }

        assertThat(mostAfterwards).hasValueBetween(1, 7);
    }

    @Test
    void scopeOfPlanSteps_isTheSessions_andTellsTheOneAroundIt() {
        List<String> told = new ArrayList<>();
        Cancellation outside = new Cancellation();
        CallScope around = new CallScope() {
            @Override
            public boolean cancelled() {
                return outside.cancelled();
            }

            @Override
            public Registration onCancel(Runnable abort) {
                return outside.onCancel(abort);
            }

            @Override
            public void slowDown(String host, Duration pause) {
                told.add(host);
            }
        };
        long start = clock.getAsLong();
        Descriptor image = graphs.image(graphs.blob("config"));
        List<Boolean> cancelled = new ArrayList<>();

        try (Session session = session(4, around)) {
            session.plan("step", Set.of(source.id()), () -> {
                session.scope().slowDown("from.example", Duration.ofHours(1));
                session.add(root(image));
            });
            session.await();
            cancelled.add(session.scope().cancelled());
        }

        assertThat(told).containsExactly("from.example");
        assertThat(clock.getAsLong() - start)
                .isGreaterThanOrEqualTo(Duration.ofHours(1).toNanos());
        assertThat(cancelled).containsExactly(false);
    }
}
