/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.transfer.CopyReport;
import java.util.List;

/**
 * A bundle whose images lie in its repository.
 *
 * @param bundle the bundle, with the values that were found if that was asked for
 * @param relocationMap where each image of the bundle is now, by its name in the bundle; other entries of the map that was given
 *     are kept
 * @param report what was copied
 * @param warnings what a person should know
 */
public record FixupResult(Bundle bundle, RelocationMap relocationMap, CopyReport report, List<Warning> warnings) {
    /** Copies the list. */
    public FixupResult {
        warnings = List.copyOf(warnings);
    }
}
