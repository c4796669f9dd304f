/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The values of the OCI image specification: digests, media types, platforms, descriptors, manifests and what they point to.
 * No I/O.
 */
@NullMarked
package io.github.cnab4j.oci;

import org.jspecify.annotations.NullMarked;
