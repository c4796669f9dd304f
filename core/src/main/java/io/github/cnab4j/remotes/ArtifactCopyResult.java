/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.transfer.CopyReport;
import java.util.List;

/**
 * A manifest that is at the target, with all that it points to.
 *
 * @param descriptor its media type, digest and size, the same as at the source
 * @param location where it is: its digest, and its tag if it has one
 * @param report what was copied
 * @param warnings what a person should know
 */
public record ArtifactCopyResult(Descriptor descriptor, Location location, CopyReport report, List<Warning> warnings) {
    /** Copies the list. */
    public ArtifactCopyResult {
        warnings = List.copyOf(warnings);
    }
}
