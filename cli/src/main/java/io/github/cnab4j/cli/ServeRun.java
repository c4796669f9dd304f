/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.serve.ServeOptions;
import io.github.cnab4j.serve.ServedRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** One run of {@code serve}. Apart from the command, so that other commands do not load what it needs. */
final class ServeRun {
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Context context;
    private final CommandLine line;

    ServeRun(Context context, CommandLine line) {
        this.context = context;
        this.line = line;
    }

    int run() {
        Path place = InputFile.resolve(context, line.arguments().isEmpty() ? "." : line.argument());
        InetSocketAddress address = ListenAddress.parse(line.text(ServeFlags.LISTEN))
                .orElseThrow(() -> line.wrong("--listen: \"" + line.text(ServeFlags.LISTEN) + "\" is not HOST:PORT"));
        context.tidyTime().accept(DRAIN);
        ServeOptions options =
                ServeOptions.standard().withAddress(address).withReadOnly(line.isTrue(ServeFlags.READ_ONLY));
        try (ServedRegistry registry = start(place, options)) {
            String url = "http://" + ListenAddress.text(registry.address());
            context.terminal().result(url.getBytes(StandardCharsets.UTF_8));
            context.terminal().progress("Serving " + place + ". Stop with Ctrl-C.");
            registry.awaitStop(context.scope());
        }
        return ExitCode.DONE;
    }

    private static ServedRegistry start(Path place, ServeOptions options) {
        try {
            return ServedRegistry.start(place, options);
        } catch (IOException failed) {
            throw new FileException(
                    "cannot listen at " + ListenAddress.text(options.address()) + ": " + failed.getMessage(),
                    "Choose another address with --listen; port 0 takes a free one.",
                    failed);
        }
    }
}
