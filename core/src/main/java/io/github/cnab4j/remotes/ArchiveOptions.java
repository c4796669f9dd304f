/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle is put into an archive. Immutable: start from {@link #defaults()} and derive.
 *
 * @param compression how the archive is compressed
 * @param parallelism most requests at a time while manifests are read; null: as {@link RemotesBuilder#copyOptions} says
 */
public record ArchiveOptions(
        Compression compression, @Nullable Integer parallelism) {
    private static final ArchiveOptions DEFAULTS = new ArchiveOptions(Compression.gzip(), null);

    /**
     * Checks the width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArchiveOptions {
        if (parallelism != null && parallelism <= 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "parallelism is " + parallelism + ", must be above 0");
        }
    }

    /** gzip, as CNAB 104 recommends, and the builder's width. */
    public static ArchiveOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another compression. */
    public ArchiveOptions withCompression(Compression other) {
        return new ArchiveOptions(other, parallelism);
    }

    /**
     * The same with another width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public ArchiveOptions withParallelism(int width) {
        return new ArchiveOptions(compression, width);
    }
}
