/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.FileException;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a user tells a command and nobody else may see. */
final class Secrets {
    private static final int LONGEST = 64 * 1024;

    private final Context context;
    private final @Nullable Console console;

    Secrets(Context context) {
        this.context = context;
        this.console = System.console();
    }

    /** The first line of standard input. */
    String fromStandardInput() {
        return answer(this::firstLine);
    }

    private String firstLine() {
        try {
            byte[] bytes = context.input().readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new FileException("standard input is too long for a password", null, null);
            }
            return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new FileException("standard input cannot be read", null, unreadable);
        }
    }

    /** Asks on the terminal; empty if there is none. */
    Optional<String> ask(String prompt) {
        return console == null ? Optional.empty() : answer(() -> Optional.ofNullable(console.readLine("%s", prompt)));
    }

    /** Asks on the terminal without showing the answer; empty if there is none. */
    Optional<String> askHidden(String prompt) {
        return console == null
                ? Optional.empty()
                : answer(() ->
                        Optional.ofNullable(console.readPassword("%s", prompt)).map(String::new));
    }

    /** What a question brings. Nothing ends the reading of a terminal: on another thread, it need not be waited for. */
    private <T> T answer(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException unanswered) {
                        answer.completeExceptionally(unanswered);
                    }
                },
                "question");
        reader.setDaemon(true);
        context.scope().onCancel(() -> answer.completeExceptionally(new CancelledException("interrupted")));
        reader.start();
        try {
            return answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException unanswered) {
                throw unanswered;
            }
            throw failed;
        }
    }
}
