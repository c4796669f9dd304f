/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Strikes some requests, one in so many, with a fault of any kind. None of them lies about what the registry holds: content that is there is
 * never said to be absent for good.
 */
final class ChaosFaults implements Interceptor {
    /** Faults that keep the request from the registry. */
    private static final List<Fault> BEFORE = List.of(
            Fault.status(408),
            Fault.status(425),
            Fault.status(500),
            Fault.status(502),
            Fault.status(503),
            Fault.status(504),
            Fault.status(429),
            Fault.tooManyRequests("2"),
            Fault.status(403, ErrorCode.DENIED, "secondary rate limit"),
            Fault.resetBefore(),
            Fault.closeBefore());
    /** Faults after which nobody knows what the registry did. */
    private static final List<Fault> WITHIN = List.of(
            Fault.loseResponse(),
            Fault.resetAfterRequestBytes(40),
            Fault.resetAfter(30),
            Fault.truncate(30),
            Fault.flipBit(20),
            Fault.drip(200, Duration.ofMillis(1)),
            Fault.delay(Duration.ofMillis(2)));

    private final long seed;
    private final int oneIn;
    private final Consumer<Request> struck;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong strikes = new AtomicLong();

    /**
     * Faults by a seed.
     *
     * @param oneIn of so many requests one is struck
     * @param struck told before a request is
     */
    ChaosFaults(long seed, int oneIn, Consumer<Request> struck) {
        this.seed = seed;
        this.oneIn = oneIn;
        this.struck = struck;
    }

    long strikes() {
        return strikes.get();
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        RandomGenerator random =
                RandomGeneratorFactory.of("SplittableRandom").create(seed * 1_000_003 + requests.getAndIncrement());
        if (random.nextInt(oneIn) != 0) {
            return next.handle(request);
        }
        strikes.incrementAndGet();
        struck.accept(request);
        return fault(request, random).intercept(request, next);
    }

    private static Fault fault(Request request, RandomGenerator random) {
        boolean upload = Kind.of(request) == Kind.UPLOAD;
        if (upload && random.nextInt(4) == 0) {
            return request.method().equals("POST") ? Fault.refuseMount() : Fault.loseUpload();
        }
        List<Fault> kinds = random.nextBoolean() ? BEFORE : WITHIN;
        // Without the registry's words a 403 to HEAD is what any registry says of what is not there.
        Fault fault = kinds.get(random.nextInt(kinds.size()));
        return request.method().equals("HEAD") && fault == BEFORE.get(8) ? BEFORE.get(0) : fault;
    }
}
