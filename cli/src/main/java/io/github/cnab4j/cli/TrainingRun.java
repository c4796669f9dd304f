/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.store.CallScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs several command lines in one virtual machine, so that it can record the classes that they need: the packaged command
 * starts from that record. Used when the command is packaged, not by users.
 */
final class TrainingRun {
    private TrainingRun() {}

    /** Runs the command lines in {@code args}, separated by {@code ;}; ends with the first that fails. */
    public static void main(String... args) {
        List<String> line = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals(";")) {
                run(line);
                line.clear();
            } else {
                line.add(arg);
            }
        }
        run(line);
    }

    private static void run(List<String> line) {
        Terminal terminal = new Terminal(System.out, System.err);
        Context context = new Context(terminal, System.getenv(), Path.of(""), CallScope.unbounded());
        int code = new CnabToOci(context).run(line.toArray(String[]::new));
        if (code != ExitCode.DONE) {
            throw new IllegalStateException("exit code " + code + " of " + line);
        }
    }
}
