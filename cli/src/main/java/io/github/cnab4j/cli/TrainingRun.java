/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs several command lines in one virtual machine, so that it can record the classes that they need: the packaged command
 * starts from that record. Used when the command is packaged, not by users.
 */
final class TrainingRun {
    private final Interruption interruption = Interruption.onSignal();

    private TrainingRun() {}

    /** Runs the command lines in {@code args}, separated by {@code ;}; ends with the first that fails. */
    public static void main(String... args) {
        TrainingRun training = new TrainingRun();
        List<String> line = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals(";")) {
                training.run(line);
                line.clear();
            } else {
                line.add(arg);
            }
        }
        training.run(line);
        training.interruption.workHasEnded(ExitCode.DONE);
    }

    private void run(List<String> line) {
        int code = Main.run(interruption, line.toArray(String[]::new));
        if (code != ExitCode.DONE) {
            throw new IllegalStateException("exit code " + code + " of " + line);
        }
    }
}
