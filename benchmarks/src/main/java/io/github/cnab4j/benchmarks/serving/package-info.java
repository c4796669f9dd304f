/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Registries side by side as servers: what {@code cnab-to-oci serve} and those that others run do with the same requests of the same
 * clients, of which there are one, a few, and many.
 */
@NullMarked
package io.github.cnab4j.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
