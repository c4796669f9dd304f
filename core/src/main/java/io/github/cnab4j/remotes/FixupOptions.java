/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle is fixed up. Immutable: start from {@link #defaults()} and derive.
 *
 * @param invocationImagePlatforms platforms of multi-platform invocation images that are kept; empty: all
 * @param componentImagePlatforms platforms of multi-platform component images that are kept; empty: all
 * @param autoBundleUpdate whether contentDigest, size and mediaType in the bundle are set to what was found; without it every
 *     difference, a missing value too, is an error
 * @param relocationMap where images of the bundle were moved to; an image in the map is looked for there only
 * @param eventCallback told what happens to each image; called by one thread at a time, and should return soon. If it throws, it
 *     is told nothing more, and the exception is thrown when the operation is over
 * @param parallelism most requests and transfers at a time; null: as {@link RemotesBuilder#copyOptions} says
 * @param localImages the engine whose images may be pushed; null: none
 * @param from where the images are looked for in place of their own registries; null: there
 */
public record FixupOptions(
        List<Platform> invocationImagePlatforms,
        List<Platform> componentImagePlatforms,
        boolean autoBundleUpdate,
        RelocationMap relocationMap,
        Consumer<FixupEvent> eventCallback,
        @Nullable Integer parallelism,
        @Nullable LocalImages localImages,
        @Nullable ImageSource from) {
    private static final FixupOptions DEFAULTS =
            new FixupOptions(List.of(), List.of(), false, RelocationMap.empty(), event -> {}, null, null, null);

    /**
     * An engine that has images which no registry has.
     *
     * @param client the engine
     * @param out takes the engine's lines
     */
    public record LocalImages(ImageClient client, Appendable out) {}

    /** Copies the lists. */
    public FixupOptions {
        invocationImagePlatforms = List.copyOf(invocationImagePlatforms);
        componentImagePlatforms = List.copyOf(componentImagePlatforms);
    }

    /** All platforms, no changes to the bundle, no relocation map, every image from its own registry. */
    public static FixupOptions defaults() {
        return DEFAULTS;
    }

    /** The same, with the values in the bundle set to what is found, or not. */
    public FixupOptions withAutoBundleUpdate(boolean update) {
        return new FixupOptions(
                invocationImagePlatforms,
                componentImagePlatforms,
                update,
                relocationMap,
                eventCallback,
                parallelism,
                localImages,
                from);
    }

    /** The same, with these platforms kept of multi-platform invocation images. */
    public FixupOptions withInvocationImagePlatforms(List<Platform> platforms) {
        return new FixupOptions(
                platforms,
                componentImagePlatforms,
                autoBundleUpdate,
                relocationMap,
                eventCallback,
                parallelism,
                localImages,
                from);
    }

    /**
     * The same for specifiers such as {@code linux/arm64/v8}.
     *
     * @throws InvalidInputException if a specifier cannot be read
     */
    public FixupOptions withInvocationImagePlatforms(String... specifiers) {
        return withInvocationImagePlatforms(parse(specifiers));
    }

    /** The same, with these platforms kept of multi-platform component images. */
    public FixupOptions withComponentImagePlatforms(List<Platform> platforms) {
        return new FixupOptions(
                invocationImagePlatforms,
                platforms,
                autoBundleUpdate,
                relocationMap,
                eventCallback,
                parallelism,
                localImages,
                from);
    }

    /**
     * The same for specifiers such as {@code linux/arm64/v8}.
     *
     * @throws InvalidInputException if a specifier cannot be read
     */
    public FixupOptions withComponentImagePlatforms(String... specifiers) {
        return withComponentImagePlatforms(parse(specifiers));
    }

    /** The same, with this listener. */
    public FixupOptions withEventCallback(Consumer<FixupEvent> callback) {
        return new FixupOptions(
                invocationImagePlatforms,
                componentImagePlatforms,
                autoBundleUpdate,
                relocationMap,
                callback,
                parallelism,
                localImages,
                from);
    }

    /** The same, with images looked for where this map says. */
    public FixupOptions withRelocationMap(RelocationMap map) {
        return new FixupOptions(
                invocationImagePlatforms,
                componentImagePlatforms,
                autoBundleUpdate,
                map,
                eventCallback,
                parallelism,
                localImages,
                from);
    }

    /**
     * The same, with another width.
     *
     * @param maxConcurrentJobs most requests and transfers at a time, above 0
     * @param jobsBufferLength above 0, and otherwise without effect: the Go package has a queue of this length between its
     *     planner and its workers, cnab4j has none
     * @throws InvalidInputException if one of them is 0 or below
     */
    public FixupOptions withParallelism(int maxConcurrentJobs, int jobsBufferLength) {
        positive("maxConcurrentJobs", maxConcurrentJobs);
        positive("jobsBufferLength", jobsBufferLength);
        return new FixupOptions(
                invocationImagePlatforms,
                componentImagePlatforms,
                autoBundleUpdate,
                relocationMap,
                eventCallback,
                maxConcurrentJobs,
                localImages,
                from);
    }

    /**
     * The same, with images pushed from an engine on this machine if no registry has them.
     *
     * @param client the engine
     * @param out takes the engine's lines; called by one thread at a time
     */
    public FixupOptions withPushImages(ImageClient client, Appendable out) {
        return new FixupOptions(
                invocationImagePlatforms,
                componentImagePlatforms,
                autoBundleUpdate,
                relocationMap,
                eventCallback,
                parallelism,
                new LocalImages(client, out),
                from);
    }

    /** The same, with all images looked for in this place instead of their own registries. */
    public FixupOptions withFrom(ImageSource source) {
        return new FixupOptions(
                invocationImagePlatforms,
                componentImagePlatforms,
                autoBundleUpdate,
                relocationMap,
                eventCallback,
                parallelism,
                localImages,
                source);
    }

    private static List<Platform> parse(String... specifiers) {
        return Arrays.stream(specifiers).map(Platform::parse).toList();
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new InvalidInputException(ErrorCode.INVALID_OPTION, name + " is " + value + ", must be above 0");
        }
    }
}
