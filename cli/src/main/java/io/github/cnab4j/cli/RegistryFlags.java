/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.registry.auth.DockerConfig;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.remotes.RemotesBuilder;
import io.github.cnab4j.transfer.CopyOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Flags of every command that talks to a store. */
final class RegistryFlags {
    private static final Flag PARALLELISM = Flag.text(
            "parallelism", "N", Integer.toString(CopyOptions.defaults().parallelism()), "Most requests at a time");
    private static final Flag DEEP =
            Flag.bool("deep", false, "Look into manifests that the target has, and send what is missing below them");
    static final List<Flag> ALL = join(join(NetworkFlags.ALL, CredentialFlags.ALL), List.of(PARALLELISM));
    /** Those of commands that copy content to a target. */
    static final List<Flag> COPYING = join(ALL, List.of(DEEP));

    private RegistryFlags() {}

    /**
     * The library, with these settings and the credentials of the environment.
     *
     * @param places what the command is about; credentials of the command line go to the first registry among them
     * @throws UsageException if a setting cannot be used
     */
    static Remotes open(Context context, CommandLine line, Location... places) {
        RemotesBuilder builder = builder(context, line)
                .copyOptions(CopyOptions.defaults()
                        .withParallelism(parallelism(line))
                        .withDeep(line.isTrue(DEEP)));
        CredentialFlags.give(builder, context, line, List.of(places));
        return builder.build();
    }

    /** {@link #open} without what is about copies and credentials, for more settings. */
    static RemotesBuilder builder(Context context, CommandLine line) {
        Terminal terminal = context.terminal();
        RemotesBuilder builder = Remotes.builder()
                .dockerConfig(DockerConfig.fromEnvironment(context.environment(), home(context)))
                .dockerEngine(DockerEngine.fromEnvironment(context.environment(), home(context)))
                .scope(context.scope())
                .onWarning(warning -> terminal.warning(warning.message()));
        NetworkFlags.apply(builder, context, line);
        return builder;
    }

    private static List<Flag> join(List<Flag> some, List<Flag> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Where Docker looks for its configuration: what the environment says comes first. */
    static Path home(Context context) {
        return Path.of(context.environment().getOrDefault("HOME", System.getProperty("user.home", "")));
    }

    private static int parallelism(CommandLine line) {
        String text = line.text(PARALLELISM);
        try {
            int width = Integer.parseInt(text);
            if (width > 0) {
                return width;
            }
        } catch (NumberFormatException noNumber) {
            // As wrong as a number that is too small.
        }
        throw line.wrong(PARALLELISM.dashed() + ": \"" + text + "\" is not a number above 0");
    }
}
