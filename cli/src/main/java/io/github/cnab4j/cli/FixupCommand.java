/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.FixupOptions;
import io.github.cnab4j.remotes.FixupResult;
import io.github.cnab4j.remotes.Remotes;
import java.util.List;

/** Copies a bundle's images to the target and writes the bundle and its relocation map to files. */
final class FixupCommand implements Command {
    private static final OutputFlags OUTPUTS = OutputFlags.withBundleIn("fixed-bundle.json");

    @Override
    public String name() {
        return "fixup";
    }

    @Override
    public String summary() {
        return "Copy a bundle's images to the target and write the relocation map";
    }

    @Override
    public String synopsis() {
        return "<bundle file>";
    }

    @Override
    public List<Flag> flags() {
        return ImageFlags.with(OUTPUTS.all());
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "bundle file");
    }

    @Override
    public int run(Context context, CommandLine line) {
        Location target = ImageFlags.target(line);
        Outputs outputs = OUTPUTS.check(context, line);
        FixupOptions options = ImageFlags.options(context, line);
        Bundle bundle = ImageFlags.bundle(context, line);
        try (Remotes remotes = RegistryFlags.open(context, line, target)) {
            FixupResult result = remotes.fixup(bundle, target, options);
            outputs.write(result.bundle(), result.relocationMap());
        }
        return ExitCode.DONE;
    }
}
