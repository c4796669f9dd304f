/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Names of images and where they are. {@link io.github.cnab4j.reference.Reference} follows the grammar of Docker's image
 * references, in which Docker Hub and {@code library/} may be left out; {@link io.github.cnab4j.reference.Location} adds the
 * transports, such as {@code oci:DIR}, under which images outside registries are named.
 */
@NullMarked
package io.github.cnab4j.reference;

import org.jspecify.annotations.NullMarked;
