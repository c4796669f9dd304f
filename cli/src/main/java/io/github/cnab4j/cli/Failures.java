/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import java.util.Optional;

/** Failures in words for people, and the exit codes that go with them. Stack traces are for {@code --log-level debug} alone. */
final class Failures {
    private final Context context;

    Failures(Context context) {
        this.context = context;
    }

    int usage(UsageException e) {
        context.terminal().error(message(e), Optional.of(e.hint()));
        return ExitCode.USAGE;
    }

    int failed(CnabException e) {
        if (e instanceof CancelledException || context.scope().cancelled()) {
            context.terminal()
                    .error(
                            "interrupted",
                            Optional.of("Run the same command again: what the target has is not sent a second time."));
            return ExitCode.INTERRUPTED;
        }
        context.terminal().error(e.getMessage(), e.hint());
        context.terminal().trace(e);
        return ExitCode.FAILED;
    }

    int outOfMemory(OutOfMemoryError e) {
        context.terminal()
                .error(
                        "out of memory",
                        Optional.of("Give it more: CNAB4J_JAVA_OPTS=-Xmx2g in the environment sets it to 2 GiB."));
        context.terminal().trace(e);
        return ExitCode.FAILED;
    }

    /** A defect of ours. */
    int unexpected(Throwable e) {
        context.terminal()
                .error("internal error: " + e, Optional.of("Please report it with what --log-level debug shows."));
        context.terminal().trace(e);
        return ExitCode.FAILED;
    }

    private static String message(UsageException e) {
        return String.valueOf(e.getMessage());
    }
}
