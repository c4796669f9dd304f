/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.store.CallScope;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a command finds around it.
 *
 * @param terminal where it speaks
 * @param input standard input
 * @param environment environment variables
 * @param directory what relative names of files start from
 * @param scope tells when the user stops the work
 * @param tidyTime is told how long the command may need to put things in order then, if that is longer than usual
 */
record Context(
        Terminal terminal,
        InputStream input,
        Map<String, String> environment,
        Path directory,
        CallScope scope,
        Consumer<Duration> tidyTime) {
    Context {
        environment = Map.copyOf(environment);
    }

    /** Without a process that has to wait. */
    Context(Terminal terminal, InputStream input, Map<String, String> environment, Path directory, CallScope scope) {
        this(terminal, input, environment, directory, scope, unheard -> {});
    }
}
