/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle is put into an archive. Immutable: start from {@link #defaults()} and derive.
 *
 * @param compression how the archive is compressed
 * @param platforms the platforms of multi-platform images that are kept; none: all
 * @param parallelism most requests at a time while manifests are read; null: as {@link RemotesBuilder#copyOptions} says
 * @param referrers whether what refers to the bundle and its images comes along: signatures, attestations and the like
 * @param requiredSignatures without which nothing is written; over the digest of the bundle's index
 */
public record ArchiveOptions(
        Compression compression,
        List<Platform> platforms,
        @Nullable Integer parallelism,
        boolean referrers,
        List<SignatureRequirement> requiredSignatures) {
    private static final ArchiveOptions DEFAULTS =
            new ArchiveOptions(Compression.gzip(), List.of(), null, true, List.of());

    /**
     * Checks the width and copies the lists.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArchiveOptions {
        requiredSignatures = List.copyOf(requiredSignatures);
        if (parallelism != null && parallelism <= 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "parallelism is " + parallelism + ", must be above 0");
        }
        platforms = List.copyOf(platforms);
    }

    /** gzip, as CNAB 104 recommends, the builder's width, and what refers to the bundle. */
    public static ArchiveOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another compression. */
    public ArchiveOptions withCompression(Compression other) {
        return new ArchiveOptions(other, platforms, parallelism, referrers, requiredSignatures);
    }

    /**
     * The same with another width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArchiveOptions withParallelism(int width) {
        return new ArchiveOptions(compression, platforms, width, referrers, requiredSignatures);
    }

    /**
     * The same, with these platforms of multi-platform images alone, compared exactly. What loses entries gets another digest, and the
     * bundle in the archive names that; what referred to it stays behind.
     */
    public ArchiveOptions withPlatforms(List<Platform> wanted) {
        return new ArchiveOptions(compression, wanted, parallelism, referrers, requiredSignatures);
    }

    /** The same, with what refers to the bundle and its images, or without. */
    public ArchiveOptions withReferrers(boolean along) {
        return new ArchiveOptions(compression, platforms, parallelism, along, requiredSignatures);
    }

    /** The same with these signatures required. */
    public ArchiveOptions withRequiredSignatures(List<SignatureRequirement> required) {
        return new ArchiveOptions(compression, platforms, parallelism, referrers, required);
    }
}
