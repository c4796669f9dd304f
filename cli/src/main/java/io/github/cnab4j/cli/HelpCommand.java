/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import picocli.CommandLine;

/** Tells about the tool, or about one of its commands. */
@CommandLine.Command(name = "help", header = HelpCommand.SUMMARY, customSynopsis = "cnab-to-oci help [command]")
final class HelpCommand extends Command {
    static final String SUMMARY = "Help about any command";

    @Override
    String name() {
        return "help";
    }

    @Override
    String argument() {
        return "command";
    }

    @Override
    void checkArguments() {
        if (arguments().size() > 1) {
            super.checkArguments();
        }
    }

    @Override
    int run(Context context) {
        context.terminal()
                .help(
                        arguments().isEmpty()
                                ? Commands.overview()
                                : Commands.named(arguments().get(0)).usage());
        return ExitCode.DONE;
    }
}
