/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Descriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the copy of one manifest or blob is.
 *
 * @param descriptor the content
 * @param done whether the target holds it, or it was skipped
 * @param action {@link #COPY}, {@link #MOUNTED}, {@link #SKIP_PRESENT}, {@link #SKIP_FOREIGN}, or empty as long as nothing was
 *     decided
 * @param error why it failed, if it did
 * @param children what it points to, as far as it is known; content that occurs twice below one parent is listed once
 */
public record DescriptorProgressSnapshot(
        Descriptor descriptor,
        boolean done,
        String action,
        @Nullable CnabException error,
        List<DescriptorProgressSnapshot> children) {
    /** The bytes are, or were, moved. */
    public static final String COPY = "Copy";
    /** The registry took the blob over from another of its repositories. */
    public static final String MOUNTED = "Mounted";
    /** The target has it already. */
    public static final String SKIP_PRESENT = "Skip (already present)";
    /** A layer that is kept outside registries. */
    public static final String SKIP_FOREIGN = "Skip (foreign layer)";

    /** Copies the list. */
    public DescriptorProgressSnapshot {
        children = List.copyOf(children);
    }
}
