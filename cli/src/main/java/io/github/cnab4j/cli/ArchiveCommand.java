/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.ArchiveOptions;
import io.github.cnab4j.remotes.ArchiveResult;
import io.github.cnab4j.remotes.Remotes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes a bundle with all its images into an archive. */
final class ArchiveCommand implements Command {
    private static final Flag COMPRESSION =
            Flag.text("compression", "KIND", "gzip", "How the archive is compressed: gzip, zstd or none");
    private static final Flag LEVEL = Flag.text(
            "compression-level", "N", "", "How much time is spent for how little space: 1 to 9 (gzip), 1 to 19 (zstd)");

    private static final Flag REFERRERS = Flag.bool(
            "referrers",
            true,
            "Take along what refers to the bundle and its images: signatures, attestations and the like");

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String summary() {
        return "Write a bundle with all its images into an archive, a thick bundle";
    }

    @Override
    public String synopsis() {
        return "<reference> <file>";
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(
                        RegistryFlags.ALL,
                        List.of(COMPRESSION, LEVEL, PlatformFlag.PLATFORM, REFERRERS, SigningFlags.REQUIRE))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "reference", "file");
    }

    @Override
    public int run(Context context, CommandLine line) {
        Location source = line.parse(
                "the reference", () -> Location.parse(line.arguments().get(0)));
        String name = line.arguments().get(1);
        if (name.isEmpty()) {
            throw line.wrong("the name of the file is empty");
        }
        Path file = InputFile.resolve(context, name);
        ArchiveOptions options = ArchiveOptions.defaults()
                .withCompression(compression(line))
                .withPlatforms(PlatformFlag.of(line))
                .withReferrers(line.isTrue(REFERRERS))
                .withRequiredSignatures(SigningFlags.required(context, line));
        try (Remotes remotes = RegistryFlags.open(context, line, source)) {
            ArchiveResult result = remotes.archive(source, file, options);
            Terminal terminal = context.terminal();
            terminal.progress(result.report().uploaded() + " manifests and blobs, "
                    + CopySummary.size(result.report().bytes()) + ", in an archive of "
                    + CopySummary.size(result.size()) + "; took "
                    + CopySummary.seconds(result.report().elapsed()));
            terminal.result(name.getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }

    private static Compression compression(CommandLine line) {
        Compression usual = line.parse(COMPRESSION.dashed(), () -> Compression.parse(line.text(COMPRESSION)));
        String level = line.text(LEVEL);
        if (level.isEmpty()) {
            return usual;
        }
        int number;
        try {
            number = Integer.parseInt(level);
        } catch (NumberFormatException noNumber) {
            throw line.wrong(LEVEL.dashed() + ": \"" + level + "\" is not a number");
        }
        return line.parse(LEVEL.dashed(), () -> usual.withLevel(number));
    }
}
