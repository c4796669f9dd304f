/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every failure that the library reports. The message is one line for people, without secrets; {@link #hint()} names the way
 * out where there is one.
 */
public abstract sealed class CnabException extends RuntimeException
        permits InvalidInputException,
                FixupException,
                StoreException,
                CopyException,
                FileException,
                UnsignedException,
                CancelledException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String hint;

    CnabException(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    /** The stable name of what went wrong. */
    public final ErrorCode code() {
        return code;
    }

    /** What the user can do about it; empty where nothing better than the message can be said. */
    public final Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /** The message; never absent. */
    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
