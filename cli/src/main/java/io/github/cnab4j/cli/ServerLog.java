/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the server says through the platform's logger: lines on standard error, from the level on that was asked for. */
final class ServerLog extends Formatter {
    /** The platform forgets the level of a logger that nobody holds. */
    private final Logger ours = Logger.getLogger("io.github.cnab4j");

    /** Sets it up for this process; other libraries stay as loud as they are. */
    static void at(LogLevel level) {
        ServerLog log = new ServerLog();
        log.ours.setLevel(of(level));
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.ALL);
            handler.setFormatter(log);
        }
    }

    private static Level of(LogLevel level) {
        return switch (level) {
            case PANIC, FATAL -> Level.OFF;
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG, TRACE -> Level.FINE;
        };
    }

    @Override
    public String format(LogRecord line) {
        Throwable cause = line.getThrown();
        return nameOf(line.getLevel()) + " " + formatMessage(line) + (cause == null ? "" : ": " + cause)
                + System.lineSeparator();
    }

    private static String nameOf(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
