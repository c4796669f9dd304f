/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns what the file system says into what a user can read. */
final class FileFailures {
    private static final String READING = "Check that the directory is whole and that its files may be read.";
    private static final String WRITING =
            "What was there before is unchanged. Check free space and permissions, then run again: only what is missing is written.";

    private FileFailures() {}

    /**
     * The failure to read something of a layout.
     *
     * @param doing what was tried and on what, to follow "cannot"
     */
    static CnabException reading(LayoutDirectory directory, String doing, IOException cause) {
        return of(directory, doing, cause, READING);
    }

    /**
     * The failure to change something in a layout.
     *
     * @param doing what was tried and on what, to follow "cannot"
     */
    static CnabException writing(LayoutDirectory directory, String doing, IOException cause) {
        return of(directory, doing, cause, WRITING);
    }

    private static CnabException of(LayoutDirectory directory, String doing, IOException cause, String hint) {
        if (cause instanceof ClosedByInterruptException || cause instanceof FileLockInterruptionException) {
            return new CancelledException("interrupted: cannot " + doing + " in " + directory);
        }
        return new FileException("cannot " + doing + " in " + directory + ": " + reason(cause), hint, cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "something else has that name";
        }
        String text = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
