/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The first use of a credential, alone: a wrong password must be sent once, not once per request in flight, or the account is
 * locked. Until it was taken once, uses go one after another; once it was refused, there are none for a while.
 */
final class CredentialTrial {
    private static final long REFUSED_FOR = TimeUnit.MINUTES.toNanos(5);

    private final LongSupplier nanos;
    private final ReentrantLock alone = new ReentrantLock();
    private volatile boolean proven;
    private boolean refused;
    private long refusedUntil;

    CredentialTrial(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What a use came to. */
    enum Verdict {
        /** The credential is good. */
        TAKEN,
        /** The credential is not good. */
        REFUSED,
        /** Neither was said. */
        OPEN
    }

    /** Something that sends the credential. */
    interface Use<T> {
        T run() throws IOException;

        /** What the result says about the credential. */
        Verdict verdict(T result);

        /** What a failure says about the credential. */
        default Verdict verdict(RuntimeException failure) {
            return Verdict.OPEN;
        }
    }

    /** Uses the credential; empty, and nothing is sent, if it was refused a moment ago. */
    <T> Optional<T> attempt(Use<T> use) throws IOException {
        if (proven) {
            return Optional.of(use.run());
        }
        alone.lock();
        try {
            if (!proven && refused && refusedUntil - nanos.getAsLong() > 0) {
                return Optional.empty();
            }
            T result = use.run();
            note(use.verdict(result));
            return Optional.of(result);
        } catch (RuntimeException failure) {
            note(use.verdict(failure));
            throw failure;
        } finally {
            alone.unlock();
        }
    }

    private void note(Verdict verdict) {
        if (verdict == Verdict.TAKEN) {
            proven = true;
        } else if (verdict == Verdict.REFUSED && !proven) {
            refused = true;
            refusedUntil = nanos.getAsLong() + REFUSED_FOR;
        }
    }
}
