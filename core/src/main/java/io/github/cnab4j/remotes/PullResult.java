/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.oci.Digest;
import java.util.List;

/**
 * A bundle that was pulled. Every byte of it was verified against the digest.
 *
 * @param bundle the bundle, unknown members included
 * @param relocationMap where each image of the bundle is, by its name in the bundle, in the familiar form
 * @param digest the digest of the bundle's index
 * @param warnings what a person should know
 */
public record PullResult(Bundle bundle, RelocationMap relocationMap, Digest digest, List<Warning> warnings) {
    /** Copies the list. */
    public PullResult {
        warnings = List.copyOf(warnings);
    }
}
