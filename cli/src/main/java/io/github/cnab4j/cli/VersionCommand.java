/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import picocli.CommandLine;

/** Says which build this is. */
@CommandLine.Command(name = "version", header = VersionCommand.SUMMARY, customSynopsis = "cnab-to-oci version [flags]")
final class VersionCommand extends Command {
    static final String SUMMARY = "Show the version of cnab-to-oci";

    @Override
    String name() {
        return "version";
    }

    @Override
    String argument() {
        return "";
    }

    /** Arguments are ignored, as in the Go tool. */
    @Override
    void checkArguments() {}

    @Override
    int run(Context context) {
        context.terminal().help(BuildInfo.load().text());
        return ExitCode.DONE;
    }
}
