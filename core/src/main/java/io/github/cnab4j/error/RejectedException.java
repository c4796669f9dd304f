/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request or content that a registry refuses. The registry's error codes are kept as data: fallbacks to another form of a
 * manifest and the healing of missing children are decided by them.
 */
public final class RejectedException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final List<String> registryCodes;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param registryCodes the {@code code} members of the answer's error list, in their order; empty if it had none
     */
    public RejectedException(
            int status, List<String> registryCodes, String request, String message, @Nullable String hint) {
        super(status == 429 ? ErrorCode.RATE_LIMITED : ErrorCode.REJECTED, request, message, hint, null);
        this.status = status;
        this.registryCodes = List.copyOf(registryCodes);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The registry's own error codes (OCI distribution specification, "Error Codes"). */
    public List<String> registryCodes() {
        return registryCodes;
    }
}
