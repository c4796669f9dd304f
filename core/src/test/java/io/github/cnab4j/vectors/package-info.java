/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Golden vectors: what the Go tool makes of given inputs. A class {@code *VectorTest} runs every case of one file; where the
 * library differs on purpose, a {@link io.github.cnab4j.vectors.Difference} says so by looking at the input.
 */
@NullMarked
package io.github.cnab4j.vectors;

import org.jspecify.annotations.NullMarked;
