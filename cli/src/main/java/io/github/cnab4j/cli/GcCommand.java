/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;

/** Collects the garbage of layouts. */
final class GcCommand implements Command {
    static final Flag DRY_RUN = Flag.bool("dry-run", false, "Remove nothing, only say what would be removed");
    static final Flag UNTAGGED =
            Flag.bool("untagged", false, "Remove manifests too that no tag leads to, with what only they name");
    static final Flag OUTPUT = Flag.text("output", "FORMAT", "text", "How the result is written: text or json");
    static final Flag GRACE = Flag.text(
            "grace", "TIME", "1h", "Keep what was written or asked for within this time, whether it is named or not");

    @Override
    public String name() {
        return "gc";
    }

    @Override
    public String summary() {
        return "Remove what nothing leads to from a directory of OCI layouts";
    }

    @Override
    public String synopsis() {
        return "<directory>";
    }

    @Override
    public String details() {
        return """
                Takes what serve takes: a directory of layouts, or one layout. Removed are blobs that no manifest names and
                uploads that have expired; it may be served, and pushed to, meanwhile.
                """;
    }

    @Override
    public List<Flag> flags() {
        return List.of(DRY_RUN, GRACE, OUTPUT, UNTAGGED);
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "directory");
        String output = line.text(OUTPUT);
        if (!output.equals("text") && !output.equals("json")) {
            throw line.wrong("--output: \"" + output + "\" is neither text nor json");
        }
    }

    @Override
    public int run(Context context, CommandLine line) {
        return GcRun.run(context, line);
    }
}
