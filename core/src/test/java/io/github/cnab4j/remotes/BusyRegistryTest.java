/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies from and to registries that have too much to do. */
@Timeout(120)
class BusyRegistryTest {
    private static final int IMAGES = 120;
    private static final int WIDTH = 32;

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    private final Remotes remotes = Remotes.builder().build();

    @AfterEach
    void close() {
        remotes.close();
    }

    private static Bundle load(TestRegistry registry) {
        GeneratedBundle generated =
                BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(1), IMAGES - 1);
        registry.load(generated);
        return Bundle.parse(generated.bytes());
    }

    private void push(Bundle bundle) {
        remotes.fixupAndPush(
                bundle,
                Reference.parse(targets.registry().host() + "/demo:1"),
                FixupOptions.defaults(),
                PushOptions.defaults());
    }

    /** A registry that does so many requests at a time, each of which takes a while, and refuses the others. */
    private static Fault doingAtMost(int requests) {
        Semaphore places = new Semaphore(requests);
        Fault refusal = Fault.status(429);
        return Fault.custom((request, next) -> {
            if (!places.tryAcquire()) {
                return refusal.intercept(request, next);
            }
            try {
                takeTime();
                return next.handle(request);
            } finally {
                places.release();
            }
        });
    }

    private static void takeTime() throws InterruptedIOException {
        try {
            boolean never = new Semaphore(0).tryAcquire(5, TimeUnit.MILLISECONDS);
            assertThat(never).isFalse();
        } catch (InterruptedException wish) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static int refused(TestRegistry registry) {
        return registry.log().count(request -> request.status() == 429);
    }

    private void assertWhole() {
        assertThat(targets.registry().repository("demo").tags()).containsExactly("1");
    }

    /**
     * Of the first {@value #WIDTH} requests all but a few are refused, and then one or two each time that the width turns out
     * to be too large still: 20 to 45 of 500. Without a width that follows it is a hundred; if nobody waits for the others,
     * requests are refused until they are given up.
     */
    @Test
    void registryThatDoesFewRequestsAtATime_isNotHammered() {
        Bundle bundle = load(sources.registry());
        targets.registry().inject(RequestPattern.any(), doingAtMost(4));

        push(bundle);

        assertWhole();
        assertThat(refused(targets.registry())).isPositive().isLessThanOrEqualTo(2 * WIDTH);
    }

    @Test
    void sourceThatDoesFewRequestsAtATime_isNotHammered() {
        Bundle bundle = load(sources.registry());
        sources.registry().inject(RequestPattern.any(), doingAtMost(4));

        push(bundle);

        assertWhole();
        assertThat(refused(sources.registry())).isPositive().isLessThanOrEqualTo(2 * WIDTH);
    }

    @Test
    void registryThatAsksForASecond_getsIt_fromEverybody() {
        Bundle bundle = load(sources.registry());
        AtomicLong secondBegan = new AtomicLong();
        AtomicInteger asked = new AtomicInteger();
        targets.registry().inject(RequestPattern.any(), Fault.custom((request, next) -> {
            long began = secondBegan.get();
            if (began != 0 && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(1)) {
                asked.incrementAndGet();
            }
            return next.handle(request);
        }));
        Fault refusal = Fault.tooManyRequests("1");
        targets.registry().inject(RequestPattern.of("PUT"), Occurrence.nth(10), Fault.custom((request, next) -> {
            secondBegan.set(System.nanoTime());
            return refusal.intercept(request, next);
        }));

        push(bundle);

        assertWhole();
        assertThat(refused(targets.registry())).isEqualTo(1);
        assertThat(asked).as("what was under way").hasValueLessThan(2 * WIDTH);
    }

    @Test
    void registryThatIsUnavailableForAMoment_isAskedAgain() {
        Bundle bundle = load(sources.registry());
        targets.registry().inject(RequestPattern.any(), Occurrence.every(40), Fault.status(503));
        sources.registry().inject(RequestPattern.any(), Occurrence.every(40), Fault.status(503));

        push(bundle);

        assertWhole();
        assertThat(targets.registry().log().count(request -> request.status() == 503))
                .isPositive();
        assertThat(targets.registry().openUploads()).isZero();
    }

    @Test
    void registryThatNeverHasTime_failsWithItsWordsAndItsWish() {
        Bundle bundle = load(sources.registry());
        targets.registry().inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.tooManyRequests("7200"));

        assertThatThrownBy(() -> push(bundle)).isInstanceOfSatisfying(CnabException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(failure).hasMessageContaining("slow down");
            assertThat(failure.hint().orElse("")).contains("2 hours");
        });
    }
}
