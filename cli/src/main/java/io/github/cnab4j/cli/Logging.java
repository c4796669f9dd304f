/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

/**
 * The library's log on standard error, by slf4j-simple; {@code simplelogger.properties} has the rest of its settings. Only the
 * library's own loggers are turned up: those of the HTTP client below it would show credentials.
 */
final class Logging {
    private static final String LEVEL_OF_THE_LIBRARY = "org.slf4j.simpleLogger.log.io.github.cnab4j";

    private Logging() {}

    /** Counts for loggers that are made later, so it must come before the library is used. */
    static void at(LogLevel level) {
        // Without a name slf4j looks for its provider in every jar of the class path; with one, it says that it has got
        // one.
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty(LEVEL_OF_THE_LIBRARY, nameOf(level));
    }

    private static String nameOf(LogLevel level) {
        return switch (level) {
            case PANIC, FATAL -> "off";
            case ERROR -> "error";
            case WARN -> "warn";
            case INFO -> "info";
            case DEBUG, TRACE -> "debug";
        };
    }
}
