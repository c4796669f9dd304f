/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.serve.ServeOptions;
import io.github.cnab4j.serve.ServedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** One run of {@code serve}. Apart from the command, so that other commands do not load what it needs. */
final class ServeRun {
    private final Context context;
    private final CommandLine line;

    ServeRun(Context context, CommandLine line) {
        this.context = context;
        this.line = line;
    }

    int run() {
        ServerLog.at(LogLevel.parse(line.text(GlobalFlags.LOG_LEVEL)));
        Path place = InputFile.resolve(context, line.arguments().isEmpty() ? "." : line.argument());
        ServeOptions options = ServeFlags.options(context, line);
        Duration drain = ServeFlags.time(line, ServeFlags.DRAIN_TIMEOUT);
        context.tidyTime().accept(drain);
        try (LineLog log = LineLog.open(context, line.text(ServeFlags.ACCESS_LOG))) {
            ServeOptions logging = log.isOn() ? options.withAccessLog(log::write) : options;
            try (ServedRegistry registry = start(place, logging)) {
                String url = (options.speaksTls() ? "https://" : "http://") + ListenAddress.text(registry.address());
                context.terminal().result(url.getBytes(StandardCharsets.UTF_8));
                context.terminal().progress("Serving " + place + ". Stop with Ctrl-C.");
                registry.awaitStop(context.scope());
                registry.close(drain);
            }
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
