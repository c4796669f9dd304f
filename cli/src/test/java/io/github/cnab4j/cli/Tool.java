/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.store.CallScope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command in this process: its own streams, environment and directory. */
record Tool(Path directory, Map<String, String> environment, CallScope scope, String input) {
    /** What a run left behind. */
    record Run(int code, String out, String err) {
        List<String> errLines() {
            return err.lines().toList();
        }
    }

    /** Works in {@code directory}, without any credentials of the user who runs the tests. */
    static Tool in(Path directory) {
        return new Tool(
                directory,
                Map.of("DOCKER_CONFIG", directory.resolve("no-docker-config").toString()),
                CallScope.unbounded(),
                "");
    }

    Tool with(Map<String, String> variables) {
        return new Tool(directory, variables, scope, input);
    }

    Tool with(CallScope other) {
        return new Tool(directory, environment, other, input);
    }

    /** With this text on standard input. */
    Tool reading(String text) {
        return new Tool(directory, environment, scope, text);
    }

    Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = new CnabToOci(new Context(
                        terminal,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        environment,
                        directory,
                        scope))
                .run(args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    String write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
        return name;
    }

    String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }
}
