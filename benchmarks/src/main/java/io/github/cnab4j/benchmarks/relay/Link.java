/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.util.concurrent.TimeUnit;

/**
 * A long way between two hosts.
 *
 * @param roundTripMillis time that a byte and its answer need on the way; half of it each
 * @param handshake whether opening a connection takes a round trip before the client can send, as TCP does
 */
public record Link(int roundTripMillis, boolean handshake) {
    long delayNanos() {
        return TimeUnit.MILLISECONDS.toNanos(roundTripMillis) / 2;
    }

    long handshakeNanos() {
        return handshake ? TimeUnit.MILLISECONDS.toNanos(roundTripMillis) : 0;
    }
}
