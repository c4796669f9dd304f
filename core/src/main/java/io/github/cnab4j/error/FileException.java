/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import org.jspecify.annotations.Nullable;

/** A file or directory of the local machine that cannot be read or written. */
public final class FileException extends CnabException {
    private static final long serialVersionUID = 1L;

    /** A failure on a file that the message names. */
    public FileException(String message, @Nullable String hint, @Nullable Throwable cause) {
        super(ErrorCode.FILE_ERROR, message, hint, cause);
    }
}
