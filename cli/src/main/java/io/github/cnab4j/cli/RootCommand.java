/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import picocli.CommandLine;

/** No command at all: says which there are. */
@CommandLine.Command(name = "cnab-to-oci", customSynopsis = "cnab-to-oci [command]")
final class RootCommand extends Command {
    @Override
    String name() {
        return "";
    }

    @Override
    String argument() {
        return "";
    }

    /** What stands behind {@code --} is no command. */
    @Override
    void checkArguments() {}

    @Override
    String usage() {
        return Commands.overview();
    }

    @Override
    int run(Context context) {
        context.terminal().help(Commands.overview());
        return ExitCode.DONE;
    }
}
