/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.io.IOException;

/**
 * One request of the API and what its answer means.
 *
 * @param <T> what an expected answer is read as
 */
public interface Endpoint<T> {
    /** The request. */
    HttpCall call();

    /** What it is for, to stand behind "cannot": {@code read manifest 1.0 of registry.example/app}. */
    String purpose();

    /** Whether an answer with this status goes to {@link #answer}; any other is a failure. */
    boolean accepts(int status);

    /**
     * Reads an expected answer.
     *
     * @throws IOException if reading fails, or the answer breaks the protocol ({@link java.net.ProtocolException})
     */
    T answer(HttpReply reply) throws IOException;

    /** Whether what {@link #answer} gives holds the reply and closes it; else it is closed at once. */
    default boolean keepsReply() {
        return false;
    }
}
