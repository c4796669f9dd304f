/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.FixupOptions;
import io.github.cnab4j.remotes.ImageSource;
import java.util.List;
import java.util.stream.Stream;

/** Flags of the commands that copy a bundle's images. */
final class ImageFlags {
    private static final Flag TARGET = Flag.text(
                    "target",
                    "REFERENCE",
                    "",
                    "Where the bundle goes: a registry's HOST/REPOSITORY:TAG, oci:DIR:TAG or oci-archive:FILE:TAG")
            .withLetter("t");
    private static final Flag AUTO_UPDATE_BUNDLE = Flag.bool(
            "auto-update-bundle", false, "Set digest, size and media type of the bundle's images to what is found");
    private static final Flag FROM = Flag.text(
            "from",
            "STORE",
            "",
            "Look for the images in this place only: a layout oci:DIR or oci-archive:FILE, or a registry HOST[/PATH]");
    private static final Flag USE_RELOCATION_MAP =
            Flag.text("use-relocation-map", "FILE", "", "Look for the images where this relocation map says");
    private static final List<Flag> ALL = List.of(TARGET, AUTO_UPDATE_BUNDLE, FROM, USE_RELOCATION_MAP);

    private ImageFlags() {}

    /** All flags of a command that copies a bundle's images and has these besides. */
    static List<Flag> with(List<Flag> own) {
        return Stream.of(ALL, RegistryFlags.COPYING, own).flatMap(List::stream).toList();
    }

    /**
     * Where the bundle goes.
     *
     * @throws UsageException if that is missing or cannot be read
     */
    static Location target(CommandLine line) {
        String target = line.text(TARGET);
        if (target.isEmpty()) {
            throw line.wrong("--target is missing");
        }
        return line.target(TARGET.dashed(), target);
    }

    /**
     * The library's options, with progress told to the terminal; reads the relocation map's file.
     *
     * @throws UsageException if a value cannot be read
     */
    static FixupOptions options(Context context, CommandLine line) {
        FixupOptions options = FixupOptions.defaults()
                .withAutoBundleUpdate(line.isTrue(AUTO_UPDATE_BUNDLE))
                .withEventCallback(new ImageProgress(context.terminal()));
        String from = line.text(FROM);
        if (!from.isEmpty()) {
            options = options.withFrom(line.parse(FROM.dashed(), () -> ImageSource.parse(from)));
        }
        String map = line.text(USE_RELOCATION_MAP);
        if (!map.isEmpty()) {
            options = options.withRelocationMap(
                    InputFile.parse(context, map, JsonLimits.BUNDLE.maxBytes(), RelocationMap::parse));
        }
        return options;
    }

    /** The bundle in the file that the command's argument names. */
    static Bundle bundle(Context context, CommandLine line) {
        return InputFile.parse(context, line.argument(), JsonLimits.BUNDLE.maxBytes(), Bundle::parse);
    }
}
