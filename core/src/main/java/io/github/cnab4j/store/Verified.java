/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/** The only door for bytes from outside: whoever reads to the end has the bytes that the descriptor names, or an exception. */
public final class Verified {
    private Verified() {}

    /**
     * The content from its start. Reading fails with {@link IntegrityException} on the first byte too many, on an end too
     * early, and before the last byte is handed out if the digest differs.
     *
     * @throws StoreException if the store fails
     */
    public static InputStream open(CallScope scope, ReadableStore store, Descriptor descriptor) {
        return new VerifyingStream(
                store.fetch(scope, descriptor, 0), descriptor, store.id().toString());
    }

    /**
     * Checks a stream of any origin while it is read. A stream that came from here with the same digest and size is returned
     * as it is: nothing is hashed twice.
     *
     * @param origin where the bytes come from, for messages
     */
    public static InputStream checking(InputStream raw, Descriptor descriptor, String origin) {
        return proves(raw, descriptor) ? raw : new VerifyingStream(raw, descriptor, origin);
    }

    private static boolean proves(InputStream stream, Descriptor descriptor) {
        if (stream instanceof VerifiedContent.Stream kept) {
            return kept.proves(descriptor);
        }
        return stream instanceof VerifyingStream verifying && verifying.checks(descriptor);
    }

    /**
     * All of the content in memory, as something that proves itself. Memory is taken as bytes arrive, not by the size that
     * the descriptor claims.
     *
     * @param limit the most bytes that are taken
     * @throws InvalidInputException if the descriptor's size is above the limit
     * @throws StoreException if the store fails or the bytes are not what the descriptor says
     */
    public static VerifiedContent read(CallScope scope, ReadableStore store, Descriptor descriptor, int limit) {
        return new VerifiedContent(descriptor, readAll(scope, store, descriptor, limit));
    }

    /**
     * All of the content in memory. Memory is taken as bytes arrive, not by the size that the descriptor claims. What is not as
     * the descriptor says is read a second time from the start: it may have been altered on the way.
     *
     * @param limit the most bytes that are taken
     * @throws InvalidInputException if the descriptor's size is above the limit
     * @throws StoreException if the store fails or the bytes are not what the descriptor says
     */
    public static byte[] readAll(CallScope scope, ReadableStore store, Descriptor descriptor, int limit) {
        String origin = store.id().toString();
        checkLimit(descriptor, origin, limit);
        CallScope operation = scope.operation();
        try {
            return readAll(store.fetch(operation, descriptor, 0), descriptor, origin, limit);
        } catch (IntegrityException damaged) {
            if (operation.retryBudget().take() == 0) {
                throw damaged;
            }
            return readAll(store.fetch(operation, descriptor, 0), descriptor, origin, limit);
        }
    }

    /**
     * All of a stream of any origin in memory, as {@link #readAll(CallScope, ReadableStore, Descriptor, int)}; the stream is
     * closed.
     *
     * @param origin where the bytes come from, for messages
     * @param limit the most bytes that are taken
     * @throws InvalidInputException if the descriptor's size is above the limit
     * @throws StoreException if reading fails or the bytes are not what the descriptor says
     */
    public static byte[] readAll(InputStream raw, Descriptor descriptor, String origin, int limit) {
        try (InputStream in = checking(raw, descriptor, origin)) {
            checkLimit(descriptor, origin, limit);
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new TransportException(
                    ErrorCode.UNREACHABLE,
                    "GET " + origin + "@" + descriptor.digest(),
                    "reading " + descriptor.digest() + " from " + origin + " failed: " + broken.getMessage(),
                    null,
                    broken);
        }
    }

    private static void checkLimit(Descriptor descriptor, String origin, int limit) {
        if (descriptor.size() > limit) {
            throw new InvalidInputException(
                    ErrorCode.LIMIT_EXCEEDED,
                    descriptor.digest() + " in " + origin + " has " + descriptor.size() + " bytes, the limit is "
                            + limit);
        }
    }
}
