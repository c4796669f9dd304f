/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;

/**
 * Width and limits of a copy.
 *
 * @param parallelism most requests in flight to one host, above 0
 * @param manifestLimit largest manifest taken, in bytes; at most {@link JsonLimits#MANIFEST} allows
 * @param depthLimit longest way from a root to a blob, in steps, above 0
 * @param nodeLimit most nodes of one graph, above 0
 * @param deep whether a manifest that the target has is looked into; otherwise all that it points to counts as present, until
 *     the registry says that something is missing
 */
public record CopyOptions(int parallelism, int manifestLimit, int depthLimit, int nodeLimit, boolean deep) {
    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a number is outside its range
     */
    public CopyOptions {
        requirePositive("parallelism", parallelism);
        requirePositive("manifestLimit", manifestLimit);
        requirePositive("depthLimit", depthLimit);
        requirePositive("nodeLimit", nodeLimit);
    }

    /** Width 32, manifests up to 4 MiB, depth 32, a quarter of a million nodes, not deep. */
    public static CopyOptions defaults() {
        return new CopyOptions(32, JsonLimits.MANIFEST.maxBytes(), 32, 250_000, false);
    }

    /** The same with another width. */
    public CopyOptions withParallelism(int width) {
        return new CopyOptions(width, manifestLimit, depthLimit, nodeLimit, deep);
    }

    /** The same with another limit of depth. */
    public CopyOptions withDepthLimit(int limit) {
        return new CopyOptions(parallelism, manifestLimit, limit, nodeLimit, deep);
    }

    /** The same with another limit of nodes. */
    public CopyOptions withNodeLimit(int limit) {
        return new CopyOptions(parallelism, manifestLimit, depthLimit, limit, deep);
    }

    /** The same, looking into manifests that the target has, or not. */
    public CopyOptions withDeep(boolean look) {
        return new CopyOptions(parallelism, manifestLimit, depthLimit, nodeLimit, look);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidInputException(ErrorCode.INVALID_OPTION, name + " must be at least 1, is " + value);
        }
    }
}
