/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.FixupOptions;
import io.github.cnab4j.remotes.ImageSource;
import picocli.CommandLine.Option;

/** Flags of the commands that copy a bundle's images. */
final class ImageOptions {
    @Option(
            names = {"-t", "--target"},
            paramLabel = "REFERENCE",
            description = "Where the bundle goes: a registry's HOST/REPOSITORY:TAG, or oci:DIR:TAG")
    private String target = "";

    @Option(
            names = "--auto-update-bundle",
            fallbackValue = "true",
            defaultValue = "false",
            converter = GoBoolean.class,
            description = "Set digest, size and media type of the bundle's images to what is found")
    private boolean autoUpdateBundle;

    @Option(
            names = "--from",
            paramLabel = "STORE",
            description = "Look for the images in this place only: a layout oci:DIR, or a registry HOST[/PATH]")
    private String from = "";

    @Option(
            names = "--use-relocation-map",
            paramLabel = "FILE",
            description = "Look for the images where this relocation map says")
    private String relocationMap = "";

    /**
     * Where the bundle goes.
     *
     * @throws UsageException if that is missing or cannot be read
     */
    Location target(Command command) {
        if (target.isEmpty()) {
            throw command.usage("--target is missing");
        }
        return command.value("--target", () -> Location.parse(target));
    }

    /**
     * The library's options, with progress told to the terminal; reads the relocation map's file.
     *
     * @throws UsageException if a value cannot be read
     */
    FixupOptions toFixupOptions(Context context, Command command) {
        FixupOptions options = FixupOptions.defaults()
                .withAutoBundleUpdate(autoUpdateBundle)
                .withEventCallback(new ImageProgress(context.terminal()));
        if (!from.isEmpty()) {
            options = options.withFrom(command.value("--from", () -> ImageSource.parse(from)));
        }
        if (!relocationMap.isEmpty()) {
            options = options.withRelocationMap(
                    InputFile.parse(context, relocationMap, JsonLimits.BUNDLE.maxBytes(), RelocationMap::parse));
        }
        return options;
    }
}
