/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import org.jspecify.annotations.Nullable;

/** A failure of one call to a store. */
public abstract sealed class StoreException extends CnabException
        permits NotFoundException, AccessDeniedException, RejectedException, IntegrityException, TransportException {
    private static final long serialVersionUID = 1L;

    private final String request;

    StoreException(ErrorCode code, String request, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(code, message, hint, cause);
        this.request = request;
    }

    /** The call that failed, such as {@code PUT registry.example/v2/app/manifests/1.0}, with secrets cut out. */
    public final String request() {
        return request;
    }
}
