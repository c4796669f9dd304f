/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import org.jspecify.annotations.Nullable;

/** Input that is refused before anything is done with it: a reference, a platform, JSON, a bundle, a manifest, an option. */
public final class InvalidInputException extends CnabException {
    private static final long serialVersionUID = 1L;

    /** Input without a way out that could be named. */
    public InvalidInputException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /** Input with what to do about it. */
    public InvalidInputException(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, null);
    }

    /** Input that another exception explains. */
    public InvalidInputException(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(code, message, hint, cause);
    }
}
