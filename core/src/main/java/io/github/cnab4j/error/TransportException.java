/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import org.jspecify.annotations.Nullable;

/** A registry that cannot be reached, a connection that broke, or an answer that no registry gives. */
public final class TransportException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** A failure of the network or of the protocol ({@link ErrorCode#UNREACHABLE}, {@link ErrorCode#PROTOCOL_ERROR}). */
    public TransportException(
            ErrorCode code, String request, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(code, request, message, hint, cause);
    }
}
