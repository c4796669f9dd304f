/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import org.jspecify.annotations.Nullable;

/** A registry that wants other credentials, or none that we have. */
public final class AccessDeniedException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** A refusal with HTTP status 401 ({@link ErrorCode#UNAUTHORIZED}) or 403 ({@link ErrorCode#DENIED}). */
    public AccessDeniedException(int status, String request, String message, @Nullable String hint) {
        super(status == 401 ? ErrorCode.UNAUTHORIZED : ErrorCode.DENIED, request, message, hint, null);
        this.status = status;
    }

    /** The HTTP status, 401 or 403. */
    public int status() {
        return status;
    }
}
