/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;

/** Flags of every command, and of the tool without one. */
final class GlobalFlags {
    static final Flag HELP = Flag.bool("help", false, "Show this text").withLetter("h");
    static final Flag LOG_LEVEL =
            Flag.text("log-level", "LEVEL", "info", "How much to say: debug, info, warn, error or fatal");
    static final List<Flag> ALL = List.of(HELP, LOG_LEVEL);

    private GlobalFlags() {}
}
