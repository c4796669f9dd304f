/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.transfer.CopyReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that is at the target, with all that it points to.
 *
 * @param descriptor its media type, digest and size, the same as at the source
 * @param location where it is: its digest, and its first tag if it has one
 * @param tags all the tags that it got or had
 * @param relocationMap where the images of the bundle are, if that was asked for; null otherwise
 * @param dependencies the bundles that were copied because it depends on them; what others depend on comes before them
 * @param report what was copied
 * @param warnings what a person should know
 */
public record ArtifactCopyResult(
        Descriptor descriptor,
        Location location,
        List<String> tags,
        @Nullable RelocationMap relocationMap,
        List<CopiedDependency> dependencies,
        CopyReport report,
        List<Warning> warnings) {
    /** Copies the lists. */
    public ArtifactCopyResult {
        tags = List.copyOf(tags);
        dependencies = List.copyOf(dependencies);
        warnings = List.copyOf(warnings);
    }

    /** The same with another report. */
    ArtifactCopyResult withReport(CopyReport other) {
        return new ArtifactCopyResult(descriptor, location, tags, relocationMap, dependencies, other, warnings);
    }

    /** The same with what was copied along. */
    ArtifactCopyResult with(@Nullable RelocationMap map, List<CopiedDependency> along, CopyReport all) {
        return new ArtifactCopyResult(descriptor, location, tags, map, along, all, warnings);
    }
}
