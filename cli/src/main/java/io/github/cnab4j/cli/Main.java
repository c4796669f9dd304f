/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.nio.file.Path;

/** The process: streams, environment, signals and the exit code. Everything else is {@link CnabToOci}. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process. */
    public static void main(String... args) {
        if (args.length == 1 && args[0].equals("version")) {
            // Scripts ask for it often: answered before anything else is loaded.
            terminal().help(BuildInfo.load().text());
            return;
        }
        Interruption interruption = Interruption.onSignal();
        int code = run(interruption, args);
        interruption.workHasEnded(code);
        if (code != ExitCode.DONE) {
            // Not always: from Java 21 on it first looks for a logger, which takes longer than a small command's work.
            System.exit(code);
        }
    }

    /** Runs a command line in this process's environment; gives the exit code. */
    static int run(Interruption interruption, String... args) {
        return new CnabToOci(new Context(
                        terminal(),
                        System.in,
                        System.getenv(),
                        Path.of(""),
                        interruption.scope(),
                        interruption::waitFor))
                .run(args);
    }

    private static Terminal terminal() {
        return new Terminal(System.out, System.err);
    }
}
