/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.store.CallScope;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param terminal where it speaks
 * @param input standard input
 * @param environment environment variables
 * @param directory what relative names of files start from
 * @param scope tells when the user stops the work
 */
record Context(Terminal terminal, InputStream input, Map<String, String> environment, Path directory, CallScope scope) {
    Context {
        environment = Map.copyOf(environment);
    }
}
