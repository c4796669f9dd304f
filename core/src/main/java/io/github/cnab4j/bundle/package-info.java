/* SPDX-License-Identifier: Apache-2.0 */
/**
 * CNAB bundles (CNAB core specification, 101 "The bundle.json File") and relocation maps (103, "Image Relocation") as immutable
 * values that lose nothing: members that the library does not know are kept at every level. No I/O.
 */
@NullMarked
package io.github.cnab4j.bundle;

import org.jspecify.annotations.NullMarked;
