/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.FileException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * The two streams of the command. Every line for people is made printable first: it may quote a registry. Safe for use by
 * several threads.
 */
final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private volatile LogLevel level = LogLevel.INFO;

    Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** From here on less, or more, is said. */
    void level(LogLevel chosen) {
        this.level = chosen;
    }

    LogLevel level() {
        return level;
    }

    /**
     * A result for standard output, followed by a line break.
     *
     * @throws FileException if it cannot be written: the reader of a pipe may have gone, the disk may be full
     */
    synchronized void result(byte[] content) {
        out.write(content, 0, content.length);
        out.write('\n');
        if (out.checkError()) {
            throw new FileException("standard output cannot be written", null, null);
        }
    }

    /** Text for standard output that is ours and may have several lines. */
    synchronized void help(String text) {
        out.print(text);
        out.flush();
    }

    /** A line about how the work goes. */
    void progress(String line) {
        say(line);
    }

    /** Something that a person should know, though the work goes on. */
    void warning(String message) {
        if (level.shows(LogLevel.WARN)) {
            say("Warning: " + message);
        }
    }

    /** Why the command fails, and the ways out. */
    void error(String message, List<String> hints) {
        say("Error: " + message);
        hints.forEach(way -> say("Hint: " + way));
    }

    /** A stack trace, for those who asked for it; messages of causes quote registries too. */
    synchronized void trace(Throwable failure) {
        if (level.shows(LogLevel.DEBUG)) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(line -> err.print(indented(line) + System.lineSeparator()));
            err.flush();
        }
    }

    private static String indented(String line) {
        return line.startsWith("\t") ? "\t" + Printable.of(line.substring(1)) : Printable.of(line);
    }

    private synchronized void say(String line) {
        err.print(Printable.of(line) + System.lineSeparator());
        err.flush();
    }
}
