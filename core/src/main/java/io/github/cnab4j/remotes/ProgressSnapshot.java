/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import java.util.List;

/**
 * How far the copy of an image is.
 *
 * @param roots the image's manifest or index with everything below it; empty as long as the image has not been found
 */
public record ProgressSnapshot(List<DescriptorProgressSnapshot> roots) {
    /** Copies the list. */
    public ProgressSnapshot {
        roots = List.copyOf(roots);
    }
}
