/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One command: its flags as fields that picocli fills, and what it does. Used once. */
@CommandLine.Command(synopsisHeading = "%nUsage:%n  ", optionListHeading = "%nFlags:%n", separator = "=")
abstract class Command {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text")
    private boolean help;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "How much to say: debug, info, warn, error or fatal (default info)")
    private String logLevel = "info";

    @Parameters(hidden = true)
    private List<String> arguments = new ArrayList<>();

    /** Does the work. The flags have been read and {@link #checkArguments} has passed. */
    abstract int run(Context context);

    /** The command's name; empty for the tool itself. */
    abstract String name();

    /** What the command's one argument is; empty if it has none. */
    abstract String argument();

    /** A parser that reads a command line as the Go tool does: no files of arguments, the last of two values counts. */
    final CommandLine parser() {
        return new CommandLine(this)
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpWidth(100);
    }

    /** What {@code --help} prints. */
    String usage() {
        return parser().getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    /** Whether the user asks for help instead. */
    final boolean helpWanted() {
        return help;
    }

    final String logLevel() {
        return logLevel;
    }

    final List<String> arguments() {
        return arguments;
    }

    /**
     * Checks the number of arguments.
     *
     * @throws UsageException if it is wrong
     */
    void checkArguments() {
        if (arguments.size() != 1) {
            throw usage(name() + " takes 1 argument, the " + argument() + ", and got " + arguments.size());
        }
    }

    /** Wrong usage of this command. */
    final UsageException usage(String message) {
        return new UsageException(message, helpHint());
    }

    /**
     * The value of a flag or argument.
     *
     * @throws UsageException if the parser refuses it
     */
    final <T> T value(String flag, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (InvalidInputException e) {
            throw new UsageException(flag + ": " + e.getMessage(), e.hint().orElseGet(this::helpHint));
        }
    }

    /** The bundle in the file that the command's argument names. */
    final Bundle bundle(Context context) {
        return InputFile.parse(context, arguments.get(0), JsonLimits.BUNDLE.maxBytes(), Bundle::parse);
    }

    final String helpHint() {
        return "Run 'cnab-to-oci " + (name().isEmpty() ? "" : name() + " ") + "--help' for usage.";
    }
}
