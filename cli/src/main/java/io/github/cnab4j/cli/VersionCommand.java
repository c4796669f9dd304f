/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;

/** Says which build this is. */
final class VersionCommand implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Show the version of cnab-to-oci";
    }

    @Override
    public String synopsis() {
        return "";
    }

    @Override
    public List<Flag> flags() {
        return List.of();
    }

    /** Arguments are ignored, as in the Go tool. */
    @Override
    public void checkArguments(CommandLine line) {}

    @Override
    public int run(Context context, CommandLine line) {
        context.terminal().help(BuildInfo.load().text());
        return ExitCode.DONE;
    }
}
