/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.CnabException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: finds the command, has its flags read, runs it, and turns failures into words and exit codes. */
final class CnabToOci {
    private final Context context;

    CnabToOci(Context context) {
        this.context = context;
    }

    /** Runs a command line; never throws. */
    int run(String... args) {
        Failures failures = new Failures(context);
        try {
            CommandName found = CommandName.find(args);
            Command command = found.name().isEmpty()
                    ? new RootCommand()
                    : Commands.named(found.name().get());
            return run(command, found.arguments());
        } catch (UsageException e) {
            return failures.usage(e);
        } catch (CnabException e) {
            return failures.failed(e);
        } catch (OutOfMemoryError e) {
            return failures.outOfMemory(e);
        } catch (RuntimeException | Error e) {
            return failures.unexpected(e);
        }
    }

    private int run(Command command, List<String> arguments) {
        try {
            command.parser().parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new UsageException(words(e), command.helpHint());
        }
        if (command.helpWanted()) {
            context.terminal().help(command.usage());
            return ExitCode.DONE;
        }
        command.checkArguments();
        LogLevel level = LogLevel.parse(command.logLevel());
        context.terminal().level(level);
        Logging.at(level);
        return command.run(context);
    }

    private static String words(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            return "unknown flag: " + unmatched.getUnmatched().get(0);
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()
                && missing.getMissing().get(0) instanceof OptionSpec option) {
            return "flag needs a value: " + option.longestName();
        }
        if (e.getCause() instanceof TypeConversionException cause && e.getArgSpec() instanceof OptionSpec option) {
            return option.longestName() + ": " + cause.getMessage();
        }
        String message = Optional.ofNullable(e.getMessage()).orElse("wrong usage");
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
