/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Bundles as OCI indexes and back (CNAB core specification, 201 "Representing CNAB Bundles in OCI Registries"): config blob,
 * config manifest and index of a bundle in every form that registries take, and what an index says about a bundle's images.
 * The bytes are the Go tool's, so digests agree. No I/O.
 */
@NullMarked
package io.github.cnab4j.converter;

import org.jspecify.annotations.NullMarked;
