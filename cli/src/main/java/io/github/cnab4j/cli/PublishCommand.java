/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.PublishOptions;
import io.github.cnab4j.remotes.PushOptions;
import io.github.cnab4j.remotes.PushResult;
import io.github.cnab4j.remotes.Remotes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Pushes a bundle and its images out of an archive. */
final class PublishCommand implements Command {
    private static final Flag REFERRERS = Flag.bool(
            "referrers", true, "Publish the signatures, attestations and the like that the archive holds, too");

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public String summary() {
        return "Push a bundle and its images out of an archive";
    }

    @Override
    public String synopsis() {
        return "<file> <reference>";
    }

    @Override
    public String details() {
        return """
                The archive is a thick bundle, as archive and other tools write it: a tar file, plain or compressed
                with gzip or zstd. Nothing is looked for elsewhere.
                """;
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(
                        RegistryFlags.COPYING,
                        List.of(PushCommand.ALLOW_FALLBACKS, PlatformFlag.PLATFORM, REFERRERS, SigningFlags.REQUIRE))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "file", "reference");
    }

    @Override
    public int run(Context context, CommandLine line) {
        String name = line.arguments().get(0);
        if (name.isEmpty()) {
            throw line.wrong("the name of the file is empty");
        }
        Path file = InputFile.resolve(context, name);
        Location target = line.target("the reference", line.arguments().get(1));
        PublishOptions options = PublishOptions.defaults()
                .withPush(PushOptions.defaults().withAllowFallbacks(line.isTrue(PushCommand.ALLOW_FALLBACKS)))
                .withPlatforms(PlatformFlag.of(line))
                .withReferrers(line.isTrue(REFERRERS))
                .withRequiredSignatures(SigningFlags.required(context, line))
                .withEventCallback(new ImageProgress(context.terminal()));
        try (Remotes remotes = RegistryFlags.open(context, line, target)) {
            PushResult result = remotes.publish(file, target, options);
            Terminal terminal = context.terminal();
            terminal.progress(CopySummary.of(result.report()));
            terminal.result(
                    target.pinnedTo(result.descriptor().digest()).toString().getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }
}
