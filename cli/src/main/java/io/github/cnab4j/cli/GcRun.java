/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.serve.GarbageCollector;
import java.nio.charset.StandardCharsets;

/** One run of {@code gc}. Apart from the command, so that other commands do not load what it needs. */
final class GcRun {
    private GcRun() {}

    static int run(Context context, CommandLine line) {
        GarbageCollector done = GarbageCollector.run(
                InputFile.resolve(context, line.argument()),
                ServeFlags.time(line, GcCommand.GRACE),
                line.isTrue(GcCommand.UNTAGGED),
                line.isTrue(GcCommand.DRY_RUN));
        Terminal terminal = context.terminal();
        terminal.result(
                line.text(GcCommand.OUTPUT).equals("json")
                        ? done.json()
                        : String.join("\n", done.lines()).getBytes(StandardCharsets.UTF_8));
        done.failures().forEach(failure -> terminal.warning("nothing was removed from " + failure));
        return done.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
