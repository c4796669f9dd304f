/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import org.jspecify.annotations.Nullable;

/** Content without the signature that was demanded of it ({@link ErrorCode#SIGNATURE_INVALID}). */
public final class UnsignedException extends CnabException {
    private static final long serialVersionUID = 1L;

    /** What was demanded, of what, and what was found instead. */
    public UnsignedException(String message, @Nullable String hint) {
        super(ErrorCode.SIGNATURE_INVALID, message, hint, null);
    }
}
