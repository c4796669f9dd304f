/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with an archive, in words for its user. */
final class ArchiveFailures {
    private static final String AGAIN = "Take the archive from its source again.";

    private ArchiveFailures() {}

    static InvalidInputException invalid(String file, String what) {
        return new InvalidInputException(ErrorCode.INVALID_ARCHIVE, "archive " + file + " " + what, AGAIN);
    }

    static InvalidInputException invalid(String file, String what, String hint) {
        return new InvalidInputException(ErrorCode.INVALID_ARCHIVE, "archive " + file + " " + what, hint);
    }

    static InvalidInputException invalid(String file, String what, IOException cause) {
        return new InvalidInputException(
                ErrorCode.INVALID_ARCHIVE, "archive " + file + " " + what + ": " + reason(cause), AGAIN, cause);
    }

    static InvalidInputException beyond(String file, String what, String hint) {
        return new InvalidInputException(ErrorCode.LIMIT_EXCEEDED, "archive " + file + " " + what, hint);
    }

    static CnabException reading(String file, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return new CancelledException("interrupted: cannot read " + file);
        }
        return new FileException(file + " cannot be read: " + reason(cause), null, cause);
    }

    static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        String text = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
