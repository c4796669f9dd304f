/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.CnabException;
import java.util.List;
import java.util.stream.Stream;

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
            CommandName found = CommandName.find(Commands.ALL, List.of(args));
            return found.name().isPresent()
                    ? run(Commands.named(found.name().get()), found.arguments())
                    : runWithoutCommand(found.arguments());
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
        List<Flag> flags = Stream.concat(command.flags().stream(), GlobalFlags.ALL.stream())
                .toList();
        CommandLine line = FlagParser.parse(command.name(), flags, arguments);
        if (line.isTrue(GlobalFlags.HELP)) {
            context.terminal().help(HelpText.of(command));
            return ExitCode.DONE;
        }
        command.checkArguments(line);
        LogLevel level = LogLevel.parse(line.text(GlobalFlags.LOG_LEVEL));
        context.terminal().level(level);
        Logging.at(level);
        return command.run(context, line);
    }

    private int runWithoutCommand(List<String> arguments) {
        CommandLine line = FlagParser.parse("", GlobalFlags.ALL, arguments);
        if (!line.isTrue(GlobalFlags.HELP)) {
            LogLevel.parse(line.text(GlobalFlags.LOG_LEVEL));
        }
        context.terminal().help(HelpText.ofTheTool(Commands.ALL));
        return ExitCode.DONE;
    }
}
