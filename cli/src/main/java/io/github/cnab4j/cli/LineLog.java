/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that lines are appended to, or standard error. Safe for use by several threads. */
final class LineLog implements AutoCloseable {
    private static final String STANDARD_ERROR = "-";

    private final Terminal terminal;
    private final @Nullable Writer file;
    private final boolean on;
    private boolean failed;

    private LineLog(Terminal terminal, @Nullable Writer file, boolean on) {
        this.terminal = terminal;
        this.file = file;
        this.on = on;
    }

    /**
     * Opens a log.
     *
     * @param name a file, {@code -} for standard error, or empty for none
     * @throws FileException if the file cannot be written
     */
    static LineLog open(Context context, String name) {
        if (name.isEmpty() || name.equals(STANDARD_ERROR)) {
            return new LineLog(context.terminal(), null, !name.isEmpty());
        }
        Path path = InputFile.resolve(context, name);
        try {
            Writer writer = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new LineLog(context.terminal(), writer, true);
        } catch (IOException unwritable) {
            throw new FileException("cannot write the log " + path, "Name a file that may be written.", unwritable);
        }
    }

    boolean isOn() {
        return on;
    }

    /** Appends a line. A log that cannot be written is said once, and stops nothing. */
    synchronized void write(String line) {
        if (file == null) {
            terminal.progress(line);
            return;
        }
        try {
            file.write(line);
            file.write('\n');
            file.flush();
            failed = false;
        } catch (IOException unwritable) {
            if (!failed) {
                terminal.warning("the access log cannot be written: " + unwritable.getMessage());
            }
            failed = true;
        }
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException unwritable) {
                terminal.warning("the access log cannot be written: " + unwritable.getMessage());
            }
        }
    }
}
