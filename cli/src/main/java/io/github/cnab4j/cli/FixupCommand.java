/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.FixupOptions;
import io.github.cnab4j.remotes.FixupResult;
import io.github.cnab4j.remotes.Remotes;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies a bundle's images to the target and writes the bundle and its relocation map to files. */
@CommandLine.Command(
        name = "fixup",
        header = FixupCommand.SUMMARY,
        customSynopsis = "cnab-to-oci fixup <bundle file> [flags]")
final class FixupCommand extends Command {
    static final String SUMMARY = "Copy a bundle's images to the target and write the relocation map";

    @Mixin
    private ImageOptions images = new ImageOptions();

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Where the bundle is written, - for standard output (default fixed-bundle.json)")
    private String bundleOutput = "fixed-bundle.json";

    @Option(
            names = "--relocation-map",
            paramLabel = "FILE",
            description = "Where the relocation map is written, - for standard output (default relocation-map.json)")
    private String mapOutput = "relocation-map.json";

    @Override
    String name() {
        return "fixup";
    }

    @Override
    String argument() {
        return "bundle file";
    }

    @Override
    int run(Context context) {
        Location target = images.target(this);
        Outputs outputs = Outputs.check(context, this, bundleOutput, mapOutput);
        FixupOptions options = images.toFixupOptions(context, this);
        Bundle bundle = bundle(context);
        try (Remotes remotes = registries.open(context, this)) {
            FixupResult result = remotes.fixup(bundle, target, options);
            outputs.write(result.bundle(), result.relocationMap());
        }
        return ExitCode.DONE;
    }
}
