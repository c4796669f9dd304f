/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.ArtifactCopyOptions;
import io.github.cnab4j.remotes.ArtifactCopyResult;
import io.github.cnab4j.remotes.Remotes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Copies an image, index or bundle with all that it points to from one store to another. */
final class CopyCommand implements Command {
    private static final Flag REFERRERS = Flag.bool(
            "referrers",
            false,
            "Copy what refers to the content: signatures, attestations and the like; always with bundles");

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String summary() {
        return "Copy an image, index or bundle with all that it points to";
    }

    @Override
    public String synopsis() {
        return "<source> <target>";
    }

    @Override
    public String details() {
        return """
                Source and target are HOST/REPOSITORY[:TAG][@DIGEST], oci:DIR[:TAG][@DIGEST] or
                oci-archive:FILE[:TAG][@DIGEST]; a source may also be docker-daemon:NAME[:TAG], an image of
                the engine on this machine. A source without tag and digest means latest; a target without them
                gets the source's tag. The copy has the digest of its source. What refers to a bundle or its
                images comes along, unless --referrers=false.
                """;
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(RegistryFlags.COPYING, List.of(REFERRERS, SigningFlags.REQUIRE))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "source", "target");
    }

    @Override
    public int run(Context context, CommandLine line) {
        Location source =
                line.parse("the source", () -> Location.parse(line.arguments().get(0)));
        Location target = line.target("the target", line.arguments().get(1));
        if (source.digest() != null
                && target.digest() != null
                && !source.digest().equals(target.digest())) {
            throw line.wrong("source and target name different digests, and a copy has the digest of its source");
        }
        try (Remotes remotes = RegistryFlags.open(context, line, target, source)) {
            ArtifactCopyOptions options =
                    ArtifactCopyOptions.defaults().withRequiredSignatures(SigningFlags.required(context, line));
            if (line.has(REFERRERS)) {
                options = options.withReferrers(line.isTrue(REFERRERS));
            }
            ArtifactCopyResult result = remotes.copy(source, target, options);
            Terminal terminal = context.terminal();
            terminal.progress(CopySummary.of(result.report()));
            terminal.result(result.location().toString().getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }
}
