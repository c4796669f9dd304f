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

    /** What is to be known besides, in lines for the help text; empty if there is nothing. */
    default String details() {
        return "";
    }

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
     * Checks that there are these arguments and no others.
     *
     * @param names what each of them is
     * @throws UsageException if one is missing, or there are more
     */
    static void require(CommandLine line, String... names) {
        int count = line.arguments().size();
        if (count != names.length) {
            throw line.wrong(
                    line.command() + " takes " + names.length + (names.length == 1 ? " argument" : " arguments")
                            + ", the " + String.join(" and the ", names) + ", and got " + count);
        }
    }
}
