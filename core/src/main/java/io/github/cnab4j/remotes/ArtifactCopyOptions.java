/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.transfer.CopyEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an image, index or any other manifest is copied. Immutable: start from {@link #defaults()} and derive.
 *
 * @param parallelism most requests and transfers at a time; null: as {@link RemotesBuilder#copyOptions} says
 * @param deep whether manifests that the target has are looked into, so that what is missing below them is sent; also true if
 *     {@link RemotesBuilder#copyOptions} says so
 * @param referrers whether what refers to the manifests that are copied comes along (signatures, attestations and the like); null: with
 *     a bundle it does, with anything else it does not
 * @param tags what the copy is called besides the target's own tag, if that has one; none: as the target, else as the source
 * @param platforms the platforms of multi-platform images that are kept; none: all
 * @param repositoryLayout where the images of a bundle go
 * @param dependencies whether the bundles that a bundle depends on are copied beside it
 * @param relocationMap whether the result has the relocation map of the bundle, which has to be read for it
 * @param requiredSignatures without which nothing is copied; over the digest of the source, and of each dependency that is copied
 * @param listener told what happens; called by one thread at a time, and should return soon. One that throws is told nothing
 *     more, and the copy goes on
 */
public record ArtifactCopyOptions(
        @Nullable Integer parallelism,
        boolean deep,
        @Nullable Boolean referrers,
        List<String> tags,
        List<Platform> platforms,
        RepositoryLayout repositoryLayout,
        boolean dependencies,
        boolean relocationMap,
        List<SignatureRequirement> requiredSignatures,
        Consumer<? super CopyEvent> listener) {
    private static final ArtifactCopyOptions DEFAULTS = new ArtifactCopyOptions(
            null, false, null, List.of(), List.of(), RepositoryLayout.SINGLE, false, false, List.of(), event -> {});

    /**
     * Checks the width, and copies the lists.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArtifactCopyOptions {
        requiredSignatures = List.copyOf(requiredSignatures);
        if (parallelism != null && parallelism <= 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "parallelism is " + parallelism + ", must be above 0");
        }
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
    }

    /** The builder's width, everything as it is, and what the target has is taken to be whole. */
    public static ArtifactCopyOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArtifactCopyOptions withParallelism(int width) {
        return new ArtifactCopyOptions(
                width,
                deep,
                referrers,
                tags,
                platforms,
                repositoryLayout,
                dependencies,
                relocationMap,
                requiredSignatures,
                listener);
    }

    /** The same, looking into manifests that the target has, or not. */
    public ArtifactCopyOptions withDeep(boolean look) {
        return new ArtifactCopyOptions(
                parallelism,
                look,
                referrers,
                tags,
                platforms,
                repositoryLayout,
                dependencies,
                relocationMap,
                requiredSignatures,
                listener);
    }

    /** The same, with what refers to the manifests, or without. */
    public ArtifactCopyOptions withReferrers(boolean along) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                along,
                tags,
                platforms,
                repositoryLayout,
                dependencies,
                relocationMap,
                requiredSignatures,
                listener);
    }

    /** The same with these tags, each of which the copy gets besides the target's own; they are put last, together with the manifest. */
    public ArtifactCopyOptions withTags(List<String> names) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                referrers,
                names,
                platforms,
                repositoryLayout,
                dependencies,
                relocationMap,
                requiredSignatures,
                listener);
    }

    /**
     * The same, with these platforms of multi-platform images alone, compared exactly. An index that loses entries gets another
     * digest, and so does a bundle that names it: its index, its bundle file and its relocation map name what is at the target. What
     * refers to the manifests that were rewritten is not copied.
     */
    public ArtifactCopyOptions withPlatforms(List<Platform> wanted) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                referrers,
                tags,
                wanted,
                repositoryLayout,
                dependencies,
                relocationMap,
                requiredSignatures,
                listener);
    }

    /** {@link #withPlatforms(List)} of specifiers as {@link Platform#parse(String)} reads them. */
    public ArtifactCopyOptions withPlatforms(String... wanted) {
        return withPlatforms(List.of(wanted).stream().map(Platform::parse).toList());
    }

    /** The same, with the images of a bundle in such repositories; what is no bundle cannot be copied so. */
    public ArtifactCopyOptions withRepositoryLayout(RepositoryLayout layout) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                referrers,
                tags,
                platforms,
                layout,
                dependencies,
                relocationMap,
                requiredSignatures,
                listener);
    }

    /** The same, with the bundles that a bundle depends on, and those that they depend on, or without. */
    public ArtifactCopyOptions withDependencies(boolean along) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                referrers,
                tags,
                platforms,
                repositoryLayout,
                along,
                relocationMap,
                requiredSignatures,
                listener);
    }

    /** The same, with a relocation map in the result, or without. */
    public ArtifactCopyOptions withRelocationMap(boolean wanted) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                referrers,
                tags,
                platforms,
                repositoryLayout,
                dependencies,
                wanted,
                requiredSignatures,
                listener);
    }

    /** The same with these signatures required. */
    public ArtifactCopyOptions withRequiredSignatures(List<SignatureRequirement> required) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                referrers,
                tags,
                platforms,
                repositoryLayout,
                dependencies,
                relocationMap,
                required,
                listener);
    }

    /** The same with this listener. */
    public ArtifactCopyOptions withListener(Consumer<? super CopyEvent> replacement) {
        return new ArtifactCopyOptions(
                parallelism,
                deep,
                referrers,
                tags,
                platforms,
                repositoryLayout,
                dependencies,
                relocationMap,
                requiredSignatures,
                replacement);
    }

    /** Whether the bundle that may be copied has to be read before. */
    boolean readsBundles() {
        return !platforms.isEmpty() || repositoryLayout != RepositoryLayout.SINGLE || dependencies || relocationMap;
    }

    /**
     * What the copy of a source is called.
     *
     * @throws InvalidInputException if a tag does not follow the grammar
     */
    List<String> tags(Location source, Location target) {
        tags.forEach(target::withTag);
        return ArtifactCopyOperation.tags(source, target, tags);
    }
}
