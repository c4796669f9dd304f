/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import java.time.Clock;
import java.time.Duration;

/**
 * How a registry keeps its content. Immutable.
 *
 * @param durable whether a change is on disk before it is acknowledged, so that it survives a power failure; the death of the
 *     process it survives in any case
 * @param readOnly whether nothing is written, not even a file of the registry's own
 * @param maxUploadBytes the most bytes that a blob may have
 * @param uploadExpiry an upload that nobody has written to for so long is ended
 * @param clock tells what has expired
 */
public record StorageOptions(
        boolean durable, boolean readOnly, long maxUploadBytes, Duration uploadExpiry, Clock clock) {
    private static final Duration DEFAULT_EXPIRY = Duration.ofHours(24);

    /** Durable, writable, blobs of any size, uploads for a day. */
    public static StorageOptions standard() {
        return new StorageOptions(true, false, Long.MAX_VALUE, DEFAULT_EXPIRY, Clock.systemUTC());
    }

    /** These options, and whether a power failure matters. */
    public StorageOptions withDurable(boolean other) {
        return new StorageOptions(other, readOnly, maxUploadBytes, uploadExpiry, clock);
    }

    /** These options, and whether nothing is written. */
    public StorageOptions withReadOnly(boolean other) {
        return new StorageOptions(durable, other, maxUploadBytes, uploadExpiry, clock);
    }

    /** These options with another bound on blobs. */
    public StorageOptions withMaxUploadBytes(long bytes) {
        return new StorageOptions(durable, readOnly, bytes, uploadExpiry, clock);
    }

    /** These options with another life of uploads. */
    public StorageOptions withUploadExpiry(Duration expiry) {
        return new StorageOptions(durable, readOnly, maxUploadBytes, expiry, clock);
    }

    /** These options with another clock. */
    public StorageOptions withClock(Clock other) {
        return new StorageOptions(durable, readOnly, maxUploadBytes, uploadExpiry, other);
    }
}
