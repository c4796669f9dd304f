/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a user of the library imports: {@link io.github.cnab4j.remotes.Remotes} fixes bundles up, pushes, pulls and copies them.
 * Bundles lie in registries as the CNAB registries specification (CNAB 201) has it: an OCI index whose first entry carries the
 * bundle and whose other entries are its images, all in one repository.
 *
 * <p>Every operation takes values and gives values back; arguments are never changed, and nothing is printed.
 */
@NullMarked
package io.github.cnab4j.remotes;

import org.jspecify.annotations.NullMarked;
