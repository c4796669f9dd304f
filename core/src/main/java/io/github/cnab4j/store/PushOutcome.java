/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

/** What a push came to; none of these is a failure. */
public enum PushOutcome {
    /** The bytes were sent and committed. */
    UPLOADED,
    /** The registry took the blob over from another repository; no bytes moved. */
    MOUNTED,
    /** The store had it. */
    ALREADY_PRESENT
}
