/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.oci.Platform;
import java.util.List;

/** The platforms of multi-platform images that a command keeps. */
final class PlatformFlag {
    static final Flag PLATFORM = Flag.list(
            "platform",
            "PLATFORM",
            "Platforms of multi-platform images to keep, if not all: OS/ARCHITECTURE[/VARIANT]");

    private PlatformFlag() {}

    /** What {@code --platform} was given; nothing means all. */
    static List<Platform> of(CommandLine line) {
        return of(line, PLATFORM);
    }

    /**
     * What a flag with platforms was given.
     *
     * @throws UsageException if one of them cannot be read
     */
    static List<Platform> of(CommandLine line, Flag flag) {
        return line.list(flag).stream()
                .map(specifier -> line.parse(flag.dashed(), () -> Platform.parse(specifier)))
                .toList();
    }
}
