/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;

/** One command. It has no state: what the user gave it is in the {@link CommandLine}. */
interface Command {
    String name();

    /** What it does, in a line. */
    String summary();

    /** How its arguments are shown behind its name; empty if it has none. */
    String synopsis();

    /** The flags that it takes besides those of every command. */
    List<Flag> flags();

    /**
     * Checks the number of arguments.
     *
     * @throws UsageException if it is wrong
     */
    void checkArguments(CommandLine line);

    /**
     * Does the work.
     *
     * @return the exit code
     */
    int run(Context context, CommandLine line);

    /**
     * Checks that there is one argument.
     *
     * @param argument what it is
     * @throws UsageException if it is not there, or not alone
     */
    static void requireOne(CommandLine line, String argument) {
        int count = line.arguments().size();
        if (count != 1) {
            throw line.wrong(line.command() + " takes 1 argument, the " + argument + ", and got " + count);
        }
    }
}
