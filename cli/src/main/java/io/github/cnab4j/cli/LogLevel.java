/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.Locale;

/** How much is said on standard error, in the names of the Go tool's logger. */
enum LogLevel {
    PANIC,
    FATAL,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /** Reads a level's name, whatever its case; {@code warning} is {@code warn}. */
    static LogLevel parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.equals("WARNING")) {
            return WARN;
        }
        for (LogLevel level : values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        throw new UsageException(
                "\"" + text + "\" is not a log level", "Levels are debug, info, warn, error and fatal.");
    }

    /** Whether what is said at {@code other} is shown at this level. */
    boolean shows(LogLevel other) {
        return compareTo(other) >= 0;
    }
}
