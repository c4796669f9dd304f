/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.registry.auth.DockerConfig;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.transfer.CopyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of every command that talks to a store. */
final class RegistryOptions {
    @Option(
            names = "--insecure-registries",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "HOST[:PORT],...",
            description = "Registries without verified TLS, or without TLS")
    private List<String> insecureRegistries = new ArrayList<>();

    @Option(names = "--parallelism", paramLabel = "N", description = "Most requests at a time")
    private @Nullable Integer parallelism;

    /**
     * The library, with these settings and the credentials of the environment.
     *
     * @throws UsageException if a setting cannot be used
     */
    Remotes open(Context context, Command command) {
        Terminal terminal = context.terminal();
        return Remotes.builder()
                .dockerConfig(DockerConfig.fromEnvironment(context.environment(), home(context)))
                .insecureRegistries(insecureRegistries.stream()
                        .filter(host -> !host.isBlank())
                        .toList())
                .copyOptions(copyOptions(command))
                .scope(context.scope())
                .onWarning(warning -> terminal.warning(warning.message()))
                .build();
    }

    /** Where Docker looks for its configuration: what the environment says comes first. */
    private static Path home(Context context) {
        return Path.of(context.environment().getOrDefault("HOME", System.getProperty("user.home", "")));
    }

    private CopyOptions copyOptions(Command command) {
        CopyOptions defaults = CopyOptions.defaults();
        if (parallelism == null) {
            return defaults;
        }
        if (parallelism < 1) {
            throw command.usage("--parallelism is " + parallelism + ", must be above 0");
        }
        return defaults.withParallelism(parallelism);
    }
}
