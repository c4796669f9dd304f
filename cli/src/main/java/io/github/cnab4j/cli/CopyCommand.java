/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.ArtifactCopyOptions;
import io.github.cnab4j.remotes.ArtifactCopyResult;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.remotes.RepositoryLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies an image, index or bundle with all that it points to from one store to another. */
final class CopyCommand implements Command {
    private static final Flag REFERRERS = Flag.bool(
            "referrers",
            false,
            "Copy what refers to the content: signatures, attestations and the like; always with bundles");
    private static final Flag TAG =
            Flag.list("tag", "TAG", "Tags that the copy gets besides the target's own, put last and together");
    private static final Flag REPOSITORY_LAYOUT = Flag.text(
            "repository-layout",
            "LAYOUT",
            "single",
            "Where a bundle's images go: single, all to the target; mirror, each also to a repository of its own name beside it");
    private static final Flag WITH_DEPENDENCIES =
            Flag.bool("with-dependencies", false, "Copy the bundles that a bundle depends on, beside the target");
    private static final Flag RELOCATION_MAP =
            Flag.text("relocation-map", "FILE", "", "Where the relocation map of the copied bundle is written");
    private static final Flag OUTPUT =
            Flag.text("output", "FORMAT", "text", "What is written to standard output: text or json");

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
                gets the source's tag, or those of --tag. The copy has the digest of its source, unless --platform
                leaves platforms out. What refers to a bundle or its images comes along, unless --referrers=false.
                """;
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(
                        RegistryFlags.COPYING,
                        List.of(
                                REFERRERS,
                                TAG,
                                PlatformFlag.PLATFORM,
                                REPOSITORY_LAYOUT,
                                WITH_DEPENDENCIES,
                                RELOCATION_MAP,
                                OUTPUT,
                                SigningFlags.REQUIRE))
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
                && !source.digest().equals(target.digest())
                && !line.has(PlatformFlag.PLATFORM)) {
            throw line.wrong("source and target name different digests, and a copy has the digest of its source");
        }
        ArtifactCopyOptions options = options(context, line, target);
        boolean json = json(line);
        Optional<Output> map = line.text(RELOCATION_MAP).isEmpty()
                ? Optional.empty()
                : Optional.of(OutputFlags.file(context, line, RELOCATION_MAP));
        try (Remotes remotes = RegistryFlags.open(context, line, target, source)) {
            ArtifactCopyResult result = remotes.copy(source, target, options.withRelocationMap(map.isPresent()));
            RelocationMap places = result.relocationMap();
            if (map.isPresent() && places != null) {
                try (Output.Staged staged = map.get().stage(places.canonical())) {
                    staged.commit();
                }
            }
            CopyRendering rendering = new CopyRendering(context.terminal());
            if (json) {
                rendering.json(result);
            } else {
                rendering.text(result);
            }
        }
        return ExitCode.DONE;
    }

    private static ArtifactCopyOptions options(Context context, CommandLine line, Location target) {
        ArtifactCopyOptions options = ArtifactCopyOptions.defaults()
                .withTags(tags(line, target))
                .withPlatforms(PlatformFlag.of(line))
                .withRepositoryLayout(layout(line))
                .withDependencies(line.isTrue(WITH_DEPENDENCIES))
                .withRequiredSignatures(SigningFlags.required(context, line));
        boolean oneRepository = target instanceof ArchiveLocation;
        if (oneRepository && options.repositoryLayout() == RepositoryLayout.MIRROR) {
            throw line.wrong("an archive holds one repository, so " + REPOSITORY_LAYOUT.dashed()
                    + " mirror needs another target");
        }
        if (oneRepository && options.dependencies()) {
            throw line.wrong(
                    "an archive holds one repository, so " + WITH_DEPENDENCIES.dashed() + " needs another target");
        }
        return line.has(REFERRERS) ? options.withReferrers(line.isTrue(REFERRERS)) : options;
    }

    private static List<String> tags(CommandLine line, Location target) {
        List<String> tags = line.list(TAG);
        tags.forEach(tag -> line.parse(TAG.dashed(), () -> target.withTag(tag)));
        return tags;
    }

    private static RepositoryLayout layout(CommandLine line) {
        String text = line.text(REPOSITORY_LAYOUT);
        return switch (text) {
            case "single" -> RepositoryLayout.SINGLE;
            case "mirror" -> RepositoryLayout.MIRROR;
            default -> throw line.wrong(REPOSITORY_LAYOUT.dashed() + ": \"" + text + "\" is neither single nor mirror");
        };
    }

    private static boolean json(CommandLine line) {
        String text = line.text(OUTPUT);
        return switch (text) {
            case "text" -> false;
            case "json" -> true;
            default -> throw line.wrong(OUTPUT.dashed() + ": \"" + text + "\" is neither text nor json");
        };
    }
}
