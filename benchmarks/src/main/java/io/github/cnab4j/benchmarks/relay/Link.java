/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.util.concurrent.TimeUnit;

/**
 * A long way between two hosts.
 *
 * @param roundTripMillis time that a byte and its answer need on the way; half of it each
 * @param handshake whether opening a connection takes a round trip before the client can send, as TCP does
 * @param failing of so many requests one does not get through; 0: all do
 */
public record Link(int roundTripMillis, boolean handshake, int failing) {
    /** A way on which nothing is lost. */
    public Link(int roundTripMillis, boolean handshake) {
        this(roundTripMillis, handshake, 0);
    }

    /** The same way, on which one request of so many does not get through. */
    public Link failing(int every) {
        return new Link(roundTripMillis, handshake, every);
    }

    long delayNanos() {
        return TimeUnit.MILLISECONDS.toNanos(roundTripMillis) / 2;
    }

    long handshakeNanos() {
        return handshake ? TimeUnit.MILLISECONDS.toNanos(roundTripMillis) : 0;
    }
}
