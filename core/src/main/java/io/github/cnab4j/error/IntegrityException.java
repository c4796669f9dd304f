/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

/** Bytes that are not what their descriptor says. Nothing of them has been committed anywhere. */
public final class IntegrityException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** A mismatch; the message holds what was expected, what came, and from where. */
    public IntegrityException(String request, String message) {
        super(
                ErrorCode.CONTENT_MISMATCH,
                request,
                message,
                "The source is damaged or was altered on the way; nothing of it was stored.",
                null);
    }
}
