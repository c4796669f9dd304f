/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops the work when the process gets SIGINT or SIGTERM, and gives it time to put things in order: uploads are cancelled at
 * the registry, staged files are removed. Whichever signal it was, the process then ends with {@link ExitCode#INTERRUPTED},
 * unless the work had been done by then.
 */
final class Interruption {
    private static final Duration TIME_TO_TIDY = Duration.ofSeconds(5);

    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    private volatile Duration timeToTidy = TIME_TO_TIDY;

    private Interruption() {}

    static Interruption onSignal() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "interruption"));
        return interruption;
    }

    CallScope scope() {
        return cancellation;
    }

    /** Waits longer for the work to end than it would. */
    void waitFor(Duration tidying) {
        timeToTidy = tidying.plus(TIME_TO_TIDY);
    }

    /** From here on the end of the process is no interruption. */
    void workHasEnded(int code) {
        exitCode.complete(code);
    }

    private void stop() {
        if (exitCode.isDone()) {
            return;
        }
        cancellation.cancel();
        // Otherwise the virtual machine's own code would count: 128 and the signal's number.
        Runtime.getRuntime().halt(awaitExitCode());
    }

    private int awaitExitCode() {
        try {
            return exitCode.get(timeToTidy.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException untidy) {
            return ExitCode.INTERRUPTED;
        }
    }
}
