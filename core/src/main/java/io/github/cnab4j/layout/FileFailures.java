/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns what the file system says into what a user can read. */
final class FileFailures {
    private FileFailures() {}

    /**
     * The failure to do something to a layout.
     *
     * @param doing what was tried and on what, to follow "cannot"
     */
    static CnabException of(LayoutDirectory directory, String doing, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return new CancelledException("interrupted: cannot " + doing + " in " + directory);
        }
        return new FileException("cannot " + doing + " in " + directory + ": " + reason(cause), null, cause);
    }

    private static String reason(IOException cause) {
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
