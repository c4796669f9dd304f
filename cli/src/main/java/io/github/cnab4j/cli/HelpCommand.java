/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;

/** Tells about the tool, or about one of its commands. */
final class HelpCommand implements Command {
    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "Help about any command";
    }

    @Override
    public String synopsis() {
        return "[command]";
    }

    @Override
    public List<Flag> flags() {
        return List.of();
    }

    @Override
    public void checkArguments(CommandLine line) {
        if (!line.arguments().isEmpty()) {
            Command.require(line, "command");
        }
    }

    @Override
    public int run(Context context, CommandLine line) {
        String text = line.arguments().isEmpty()
                ? HelpText.ofTheTool(Commands.ALL)
                : HelpText.of(Commands.named(line.argument()));
        context.terminal().help(text);
        return ExitCode.DONE;
    }
}
