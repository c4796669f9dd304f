/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import java.util.List;

/**
 * What was found to be right.
 *
 * @param descriptor the manifest's media type, digest and size
 * @param location where it is, by its digest
 * @param contents manifests and blobs that were read and hashed
 * @param bytes their bytes
 * @param signed whether a signature by the key that was given holds
 * @param warnings what a person should know
 */
public record VerifyResult(
        Descriptor descriptor, Location location, int contents, long bytes, boolean signed, List<Warning> warnings) {
    /** Copies the list. */
    public VerifyResult {
        warnings = List.copyOf(warnings);
    }
}
