/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import java.time.Duration;

/**
 * What is collected.
 *
 * @param grace what was written, asked for or mounted within this time is kept: a push may be about to name it
 * @param untagged whether manifests that no tag leads to go too, not only what no manifest names
 * @param dryRun whether nothing is removed, only counted
 */
public record GcOptions(Duration grace, boolean untagged, boolean dryRun) {
    private static final Duration DEFAULT_GRACE = Duration.ofHours(1);

    /** An hour's grace, manifests kept. */
    public static GcOptions standard() {
        return new GcOptions(DEFAULT_GRACE, false, false);
    }
}
