/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

/** What becomes of a request that does not get through. */
enum Failure {
    /** The way ends without an answer. */
    NO_ANSWER,
    /** A proxy that the server is behind does not reach it. */
    UNAVAILABLE
}
