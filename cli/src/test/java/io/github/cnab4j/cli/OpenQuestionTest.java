/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.store.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is asked for a password may end the command instead of answering. */
@Timeout(60)
class OpenQuestionTest {
    @TempDir
    Path directory;

    private final Cancellation scope = new Cancellation();

    /** Somebody who ends the command when asked, and never says a word. */
    private InputStream someoneElsewhere(CountDownLatch end) {
        return new InputStream() {
            @Override
            public int read() {
                scope.cancel();
                try {
                    end.await();
                } catch (InterruptedException over) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }
        };
    }

    @Test
    void interruptWhileThePasswordIsWaitedFor_endsTheCommand() {
        CountDownLatch end = new CountDownLatch(1);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream shown = new PrintStream(err, true, StandardCharsets.UTF_8);
        try {
            int code = new CnabToOci(
                            new Context(new Terminal(shown, shown), someoneElsewhere(end), Map.of(), directory, scope))
                    .run("login", "registry.example", "-u", "ann", "--password-stdin");

            assertThat(code).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("interrupted");
        } finally {
            end.countDown();
        }
    }
}
