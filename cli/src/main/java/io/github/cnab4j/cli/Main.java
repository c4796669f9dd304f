/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.nio.file.Path;

/** The process: streams, environment, signals and the exit code. Everything else is {@link CnabToOci}. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process. */
    public static void main(String... args) {
        Terminal terminal = new Terminal(System.out, System.err);
        if (args.length == 1 && args[0].equals("version")) {
            // Scripts ask for it often: answered before anything else is loaded.
            terminal.help(BuildInfo.load().text());
            return;
        }
        Interruption interruption = Interruption.onSignal();
        Context context = new Context(terminal, System.getenv(), Path.of(""), interruption.scope());
        int code = new CnabToOci(context).run(args);
        interruption.workHasEnded(code);
        System.exit(code);
    }
}
