/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.CnabException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What credential helpers said: each is asked once per server, however many requests wait for the answer, and again after some
 * minutes, since those of clouds give passwords that expire. Safe for use by several threads.
 */
final class HelperCredentials {
    private static final long KEPT = TimeUnit.MINUTES.toNanos(5);

    private final HelperPrograms programs;
    private final LongSupplier nanos;
    private final ConcurrentMap<Question, Told> told = new ConcurrentHashMap<>();

    HelperCredentials(HelperPrograms programs, LongSupplier nanos) {
        this.programs = programs;
        this.nanos = nanos;
    }

    private record Question(String helper, String server) {}

    /** An answer, or why there is none: a helper that fails is not run again for each request either. */
    private record Told(
            Optional<Credential> credential, @Nullable CnabException failure, long until) {
        Optional<Credential> answer() {
            if (failure != null) {
                throw failure;
            }
            return credential;
        }
    }

    HelperPrograms programs() {
        return programs;
    }

    /**
     * What a helper has for a server.
     *
     * @throws CnabException as {@link CredentialHelper#get}
     */
    Optional<Credential> get(String helper, String server) {
        return told.compute(
                        new Question(helper, server),
                        (question, before) ->
                                before != null && before.until() - nanos.getAsLong() > 0 ? before : ask(question))
                .answer();
    }

    private Told ask(Question question) {
        Optional<Credential> credential = Optional.empty();
        CnabException failure = null;
        try {
            credential = new CredentialHelper(question.helper(), programs).get(question.server());
        } catch (CnabException failed) {
            failure = failed;
        }
        return new Told(credential, failure, nanos.getAsLong() + KEPT);
    }
}
