/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Platform;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a thick bundle is published. Immutable: start from {@link #defaults()} and derive.
 *
 * @param push how the bundle is pushed
 * @param platforms the platforms of multi-platform images that are kept; none: all
 * @param eventCallback told what happens to each image, as {@link FixupOptions#eventCallback} is
 * @param parallelism most requests and transfers at a time; null: as {@link RemotesBuilder#copyOptions} says
 * @param referrers whether what the archive holds of signatures, attestations and the like is published too
 * @param requiredSignatures without which nothing is sent; over the digest of the index that the bundle gets. Another form of the index has
 *     another digest, so with these no fallback is tried
 */
public record PublishOptions(
        PushOptions push,
        List<Platform> platforms,
        Consumer<FixupEvent> eventCallback,
        @Nullable Integer parallelism,
        boolean referrers,
        List<SignatureRequirement> requiredSignatures) {
    private static final PublishOptions DEFAULTS =
            new PublishOptions(PushOptions.defaults(), List.of(), event -> {}, null, true, List.of());

    /**
     * Checks the width and copies the lists.
     *
     * @throws InvalidInputException if it is 0 or below, or signatures are required of an index that manifest options change
     */
    public PublishOptions {
        requiredSignatures = List.copyOf(requiredSignatures);
        if (!requiredSignatures.isEmpty() && !push.manifestOptions().isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "an index that was signed cannot be changed by manifest options");
        }
        if (parallelism != null && parallelism <= 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "parallelism is " + parallelism + ", must be above 0");
        }
        platforms = List.copyOf(platforms);
    }

    /** Fallbacks allowed, nobody told, the builder's width, with what refers to the bundle. */
    public static PublishOptions defaults() {
        return DEFAULTS;
    }

    /** The same with these options of the push. */
    public PublishOptions withPush(PushOptions options) {
        return new PublishOptions(options, platforms, eventCallback, parallelism, referrers, requiredSignatures);
    }

    /** The same with this listener. */
    public PublishOptions withEventCallback(Consumer<FixupEvent> callback) {
        return new PublishOptions(push, platforms, callback, parallelism, referrers, requiredSignatures);
    }

    /**
     * The same with another width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public PublishOptions withParallelism(int width) {
        return new PublishOptions(push, platforms, eventCallback, width, referrers, requiredSignatures);
    }

    /**
     * The same, with these platforms of multi-platform images alone, compared exactly. What loses entries gets another digest, and the
     * bundle names that; what referred to it is not published.
     */
    public PublishOptions withPlatforms(List<Platform> wanted) {
        return new PublishOptions(push, wanted, eventCallback, parallelism, referrers, requiredSignatures);
    }

    /** The same, with the signatures and the like that the archive holds, or without. */
    public PublishOptions withReferrers(boolean along) {
        return new PublishOptions(push, platforms, eventCallback, parallelism, along, requiredSignatures);
    }

    /** The same with these signatures required. */
    public PublishOptions withRequiredSignatures(List<SignatureRequirement> required) {
        return new PublishOptions(push, platforms, eventCallback, parallelism, referrers, required);
    }
}
