/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.PullResult;
import io.github.cnab4j.remotes.Remotes;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a bundle that was pushed, and the relocation map of its images, to files. */
@CommandLine.Command(
        name = "pull",
        header = PullCommand.SUMMARY,
        customSynopsis = "cnab-to-oci pull <reference> [flags]")
final class PullCommand extends Command {
    static final String SUMMARY = "Write a pushed bundle and its relocation map to files";

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Where the bundle is written, - for standard output (default pulled.json)")
    private String bundleOutput = "pulled.json";

    @Option(
            names = "--relocation-map",
            paramLabel = "FILE",
            description = "Where the relocation map is written, - for standard output (default relocation-map.json)")
    private String mapOutput = "relocation-map.json";

    @Override
    String name() {
        return "pull";
    }

    @Override
    String argument() {
        return "reference";
    }

    @Override
    int run(Context context) {
        Location location =
                value("the reference", () -> Location.parse(arguments().get(0)));
        Outputs outputs = Outputs.check(context, this, bundleOutput, mapOutput);
        try (Remotes remotes = registries.open(context, this)) {
            PullResult result = remotes.pull(location);
            outputs.write(result.bundle(), result.relocationMap());
        }
        return ExitCode.DONE;
    }
}
