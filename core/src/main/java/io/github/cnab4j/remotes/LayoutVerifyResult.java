/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import java.util.List;

/**
 * What was found to be right in a layout or archive.
 *
 * @param location where it is
 * @param roots what its index lists, each once
 * @param contents manifests and blobs that were read and hashed, also those that nothing leads to
 * @param bytes their bytes
 * @param signed whether the signatures that were demanded hold
 * @param warnings what a person should know
 */
public record LayoutVerifyResult(
        Location location, List<Descriptor> roots, int contents, long bytes, boolean signed, List<Warning> warnings) {
    /** Copies the lists. */
    public LayoutVerifyResult {
        roots = List.copyOf(roots);
        warnings = List.copyOf(warnings);
    }
}
