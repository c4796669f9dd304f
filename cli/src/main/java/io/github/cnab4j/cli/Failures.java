/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Failures in words for people, and the exit codes that go with them. A failure of the library ends with its code, under which
 * the documentation explains it. Stack traces are for {@code --log-level debug} alone.
 */
final class Failures {
    private final Context context;

    Failures(Context context) {
        this.context = context;
    }

    int usage(UsageException e) {
        context.terminal().error(String.valueOf(e.getMessage()), List.of(e.hint()));
        return ExitCode.USAGE;
    }

    int failed(CnabException e) {
        if (e instanceof CancelledException || context.scope().cancelled()) {
            context.terminal()
                    .error(
                            "interrupted",
                            List.of("Run the same command again: what the target has is not sent again."));
            return ExitCode.INTERRUPTED;
        }
        context.terminal().error(e.getMessage() + " [" + e.code() + "]", hints(e));
        context.terminal().trace(e);
        return ExitCode.FAILED;
    }

    int outOfMemory(OutOfMemoryError e) {
        context.terminal()
                .error(
                        "out of memory",
                        List.of("Give it more: CNAB4J_JAVA_OPTS=-Xmx2g in the environment sets it to 2 GiB."));
        context.terminal().trace(e);
        return ExitCode.FAILED;
    }

    /** A defect of ours. */
    int unexpected(Throwable e) {
        context.terminal()
                .error("internal error: " + e, List.of("Please report it with what --log-level debug shows."));
        context.terminal().trace(e);
        return ExitCode.FAILED;
    }

    /** Images that fail for different reasons may each have a way out, and so may each of the places where one was looked for. */
    private static List<String> hints(CnabException e) {
        return waysOut(e).distinct().toList();
    }

    private static Stream<String> waysOut(CnabException e) {
        Stream<CnabException> others = e instanceof CopyException copy
                ? copy.failures().stream().map(CopyException.Failure::cause)
                : Stream.of(e.getSuppressed())
                        .filter(CnabException.class::isInstance)
                        .map(CnabException.class::cast);
        return Stream.concat(e.hint().stream(), others.flatMap(Failures::waysOut));
    }
}
