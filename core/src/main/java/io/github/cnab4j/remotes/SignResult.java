/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;

/**
 * A manifest that is signed.
 *
 * @param descriptor its media type, digest and size
 * @param location where it is, by its digest
 * @param added whether a signature was added; false if there were equal ones already
 */
public record SignResult(Descriptor descriptor, Location location, boolean added) {}
