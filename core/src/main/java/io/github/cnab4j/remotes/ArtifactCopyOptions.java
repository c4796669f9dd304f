/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
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
 * @param requiredSignatures without which nothing is copied; over the digest of the source
 * @param listener told what happens; called by one thread at a time, and should return soon. One that throws is told nothing
 *     more, and the copy goes on
 */
public record ArtifactCopyOptions(
        @Nullable Integer parallelism,
        boolean deep,
        @Nullable Boolean referrers,
        List<SignatureRequirement> requiredSignatures,
        Consumer<? super CopyEvent> listener) {
    private static final ArtifactCopyOptions DEFAULTS =
            new ArtifactCopyOptions(null, false, null, List.of(), event -> {});

    /**
     * Checks the width and copies the list.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArtifactCopyOptions {
        requiredSignatures = List.copyOf(requiredSignatures);
        if (parallelism != null && parallelism <= 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "parallelism is " + parallelism + ", must be above 0");
        }
    }

    /** The builder's width, and what the target has is taken to be whole. */
    public static ArtifactCopyOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArtifactCopyOptions withParallelism(int width) {
        return new ArtifactCopyOptions(width, deep, referrers, requiredSignatures, listener);
    }

    /** The same, looking into manifests that the target has, or not. */
    public ArtifactCopyOptions withDeep(boolean look) {
        return new ArtifactCopyOptions(parallelism, look, referrers, requiredSignatures, listener);
    }

    /** The same with this listener. */
    public ArtifactCopyOptions withListener(Consumer<? super CopyEvent> replacement) {
        return new ArtifactCopyOptions(parallelism, deep, referrers, requiredSignatures, replacement);
    }

    /** The same, with what refers to the manifests, or without. */
    public ArtifactCopyOptions withReferrers(boolean along) {
        return new ArtifactCopyOptions(parallelism, deep, along, requiredSignatures, listener);
    }

    /** The same with these signatures required. */
    public ArtifactCopyOptions withRequiredSignatures(List<SignatureRequirement> required) {
        return new ArtifactCopyOptions(parallelism, deep, referrers, required, listener);
    }
}
