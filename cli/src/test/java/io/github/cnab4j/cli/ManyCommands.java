/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that runs the command lines in a file, one after another, each with its exit code at its end. */
final class ManyCommands {
    private ManyCommands() {}

    public static void main(String... args) throws IOException {
        Interruption interruption = Interruption.onSignal();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            System.err.println("== " + line);
            System.err.println("== exit " + Main.run(interruption, line.split(" ")));
        }
        interruption.workHasEnded(ExitCode.DONE);
    }
}
