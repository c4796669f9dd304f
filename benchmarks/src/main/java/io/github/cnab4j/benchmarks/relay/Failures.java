/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.util.Optional;

/** Says which requests fail: every so many, and in turn in one way and the other. Not safe for use by several threads. */
final class Failures {
    private final int every;
    private long requests;

    /**
     * No request has come yet.
     *
     * @param every of so many requests one fails; 0: none
     */
    Failures(int every) {
        this.every = every;
    }

    /** What becomes of the next request, if it fails. */
    Optional<Failure> next() {
        requests++;
        if (every == 0 || requests % every != 0) {
            return Optional.empty();
        }
        return Optional.of(requests / every % 2 == 0 ? Failure.UNAVAILABLE : Failure.NO_ANSWER);
    }

    void clear() {
        requests = 0;
    }
}
